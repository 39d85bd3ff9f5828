using Dedup.Catalogue;

namespace Dedup.Benchmarks;

/// <summary>Looks up blobs in a catalogue.</summary>
internal sealed class CatalogueWorkload : Workload
{
    /// <summary>Lookups a run.</summary>
    public const int Lookups = 1000;

    private readonly ScratchFolder _scratch = new();
    private readonly CatalogueDatabase _catalogue;
    private readonly BlobId[] _ids = new BlobId[Lookups];
    private readonly long _blobs;
    private readonly bool _known;
    private ulong _place;

    /// <param name="blobs">How many blobs the catalogue knows.</param>
    /// <param name="known">Whether to look for some of those, or for others.</param>
    public CatalogueWorkload(long blobs, bool known)
    {
        _blobs = blobs;
        _known = known;
        _catalogue = CatalogueDatabase.Open(_scratch.NewPath(), new byte[Bytes32.Length]);
        Load(_catalogue, blobs);
        Prepare();
    }

    /// <summary>Takes up all blobs, as many segments at a time as a synchronisation does.</summary>
    public static void Load(CatalogueDatabase catalogue, long blobs)
    {
        foreach (int[] numbers in Enumerable.Range(0, SyntheticIndex.Segments(blobs)).Chunk(4))
        {
            catalogue.Apply(new CatalogueChange { SegmentsAdded = [.. numbers.Select(number => SyntheticIndex.Segment(number, blobs))] });
        }
    }

    /// <summary>Chooses other blobs, so that no run finds its pages warm from the last.</summary>
    public override void Prepare()
    {
        for (int i = 0; i < _ids.Length; i++)
        {
            long number = (long)(SplitMix64.At(seed: 17, _place++) % (ulong)_blobs);
            _ids[i] = SyntheticIndex.Blob(_known ? number : _blobs + number);
        }
    }

    public override void Run()
    {
        foreach (BlobId id in _ids)
        {
            if (_catalogue.TryFind(id, out _) != _known)
            {
                throw new InvalidOperationException("The catalogue does not know what it must, or knows what it cannot.");
            }
        }
    }

    protected override void Free()
    {
        _catalogue.Dispose();
        _scratch.Dispose();
    }
}
