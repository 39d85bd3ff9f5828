using Dedup.Catalogue;
using Dedup.Format;

namespace Dedup.Pruning;

/// <summary>Lists packs in new index segments, a segment as soon as there is enough for one, and tells the catalogue. One thread at a time.</summary>
/// <param name="context">The prune.</param>
/// <param name="replaced">Segments whose packs these segments list again.</param>
internal sealed class SegmentWriter(PruneContext context, IReadOnlyList<Bytes32> replaced)
{
    /// <summary>What one segment lists at most, so that whoever reads it needs little memory.</summary>
    private const int MaxPacks = 64, MaxBlobs = 1 << 16;

    private List<PackDirectory> _batch = [];
    private int _blobs;

    /// <summary>Adds a pack, which is durable.</summary>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    public async Task AddAsync(PackDirectory pack)
    {
        if (IsFull(_batch.Count, _blobs, pack.Entries.Count))
        {
            await FlushAsync().ConfigureAwait(false);
        }

        _batch.Add(pack);
        _blobs += pack.Entries.Count;
    }

    /// <summary>Whether a segment of so many packs and blobs takes no pack of so many more.</summary>
    public static bool IsFull(int packs, int blobs, int moreBlobs) => packs == MaxPacks || blobs + moreBlobs > MaxBlobs;

    /// <summary>Lists what was added and is not listed yet. All of it is durable when this returns.</summary>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    public async Task FlushAsync()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        byte[] segment = IndexSegmentFormat.Seal(new IndexSegment(_batch, replaced), context.Keys);
        Bytes32 id = ContentHash.Of(segment);
        await context.Store.PutIfAbsentAsync(RepositoryObjects.Segment(id), segment, context.CancellationToken).ConfigureAwait(false);
        context.Catalogue.Apply(new CatalogueChange { SegmentsAdded = [new CatalogueSegment(id, _batch)] });
        _batch = [];
        _blobs = 0;
    }
}
