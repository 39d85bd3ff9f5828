using Dedup.Archives;
using Dedup.Trees;

namespace Dedup.Exporting;

/// <summary>Steps that follow each other, few enough for their content to be held decoded in memory.</summary>
internal sealed class ExportBatch
{
    /// <summary>A batch is full at so many bytes of content and names, or steps.</summary>
    private const int MaxLength = 32 << 20, MaxItems = 1 << 15;

    /// <summary>About what an entry takes besides its path.</summary>
    private const int EntryOverhead = 512;

    private readonly List<ExportItem> _items = [];
    // With the length, so that one that contradicts the chunk is told rather than taken for right.
    private readonly Dictionary<(BlobId Blob, long Length), ContentPiece> _pieces = [];
    private long _length;

    public IReadOnlyList<ExportItem> Items => _items;

    public IReadOnlyList<ContentPiece> Pieces => [.. _pieces.Values];

    public bool IsFull => _length >= MaxLength || _items.Count >= MaxItems;

    public void Add(ArchiveEntry entry)
    {
        _items.Add(new ExportItem(entry, null, 0));
        _length += entry.Path.Length + EntryOverhead;
        foreach (ExtendedAttribute xattr in entry.Xattrs)
        {
            _length += xattr.Value.Length;
        }
    }

    public void Add(Extent extent)
    {
        ContentPiece? piece = null;
        if (!extent.IsHole && !_pieces.TryGetValue((extent.Blob, extent.Length), out piece))
        {
            piece = new ContentPiece(extent.Blob, (int)extent.Length) { FirstUse = _items.Count };
            _pieces.Add((extent.Blob, extent.Length), piece);
            _length += extent.Length;
        }

        if (piece is not null)
        {
            piece.Uses++;
        }

        _items.Add(new ExportItem(null, piece, extent.Length));
    }
}
