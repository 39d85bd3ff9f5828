using Dedup.Format;
using Dedup.Packing;

namespace Dedup.Pruning;

/// <summary>A pack that is to be written: which blobs are copied into it, in order. How long it gets is known before.</summary>
internal sealed class NewPack(PackKind kind)
{
    private readonly List<PackPart> _sources = [];
    private long _recordBytes;

    public PackKind Kind => kind;

    /// <summary>From which packs it takes which records, in order.</summary>
    public IReadOnlyList<PackPart> Sources => _sources;

    /// <summary>How many blobs it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => PackLayout.HeaderLength + _recordBytes >= PackTargets.Length(kind) || Count >= PackTargets.MaxBlobs;

    /// <summary>The length of the whole object in bytes.</summary>
    public long Length => PackLayout.PaddedLength(
        PackLayout.HeaderLength + _recordBytes + PackLayout.SealedFooterLength(Count) + PackLayout.TrailerLength);

    public void Add(PackId pack, in PackEntry entry)
    {
        if (_sources is not [.., var last] || last.Pack != pack)
        {
            _sources.Add(last = new PackPart(pack, []));
        }

        last.Records.Add((entry.Ordinal, entry.Id.Bytes.Prefix));
        _recordBytes += entry.StoredLength;
        Count++;
    }
}
