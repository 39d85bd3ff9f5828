using Dedup.Format;
using Dedup.Packing;

namespace Dedup.Pruning;

/// <summary>A pack that is to be written: which blobs are copied into it, in order. How long it gets is known before.</summary>
internal sealed class NewPack(PackKind kind)
{
    private long _recordBytes;

    public PackKind Kind => kind;

    /// <summary>Which record of which pack comes next.</summary>
    public List<(PackId Pack, PackEntry Entry)> Sources { get; } = [];

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => PackLayout.HeaderLength + _recordBytes >= PackTargets.Length(kind) || Sources.Count >= PackTargets.MaxBlobs;

    /// <summary>The length of the whole object in bytes.</summary>
    public long Length => PackLayout.PaddedLength(
        PackLayout.HeaderLength + _recordBytes + PackLayout.SealedFooterLength(Sources.Count) + PackLayout.TrailerLength);

    public void Add(PackId pack, in PackEntry entry)
    {
        Sources.Add((pack, entry));
        _recordBytes += entry.StoredLength;
    }
}
