using System.Buffers.Binary;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>
/// Takes the extents of a file in order. A few stay in the file's node; more are written as a list of pages.
/// Holes that follow each other become one. One thread at a time.
/// </summary>
internal sealed class ListWriter(Func<BlobKind, ReadOnlySpan<byte>, BlobId> store) : PageWriter<ListBranch>(BlobKind.List, store)
{
    private readonly List<Extent> _inline = [];
    private Extent _hole;
    private bool _isList;

    /// <summary>The sum of the lengths so far.</summary>
    public long Length { get; private set; }

    /// <summary>Appends an extent.</summary>
    public void Add(Extent extent)
    {
        Length += extent.Length;
        if (extent.IsHole)
        {
            _hole = Extent.Hole(_hole.Length + extent.Length);
            return;
        }

        FlushHole();
        AddToListOrNode(extent);
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>The list's blob, or zero and the extents that stay in the node.</returns>
    public (BlobId List, IReadOnlyList<Extent> Inline) Finish()
    {
        FlushHole();
        return _isList ? (FinishPages(), []) : (default, _inline);
    }

    protected override void WriteBranch(ByteWriter writer, ListBranch branch) => PageFormat.WriteBranch(writer, branch);

    protected override ListBranch WithPage(ListBranch branch, BlobId page) => branch with { Page = page };

    protected override ListBranch Combine(ListBranch left, ListBranch right) => right with { Bytes = left.Bytes + right.Bytes };

    /// <summary>By the id of the chunk, or of the page below, which is as good as random; a hole ends no page.</summary>
    protected override bool IsLast(ListBranch entry)
    {
        Span<byte> id = stackalloc byte[BlobId.Length];
        entry.Page.CopyTo(id);
        return !entry.Page.IsZero && (BinaryPrimitives.ReadUInt64LittleEndian(id) & PageFormat.SplitMask) == 0;
    }

    private void FlushHole()
    {
        if (_hole.Length > 0)
        {
            AddToListOrNode(_hole);
            _hole = default;
        }
    }

    private void AddToListOrNode(Extent extent)
    {
        if (!_isList && _inline.Count < NodeFormat.MaxInlineExtents)
        {
            _inline.Add(extent);
            return;
        }

        if (!_isList)
        {
            _isList = true;
            foreach (Extent earlier in _inline)
            {
                AppendExtent(earlier);
            }
        }

        AppendExtent(extent);
    }

    private void AppendExtent(Extent extent) =>
        Append(writer => NodeFormat.WriteExtent(writer, extent), new ListBranch(extent.Blob, extent.Length));
}
