using Dedup.Catalogue;
using Dedup.Format;

namespace Dedup.Pruning;

/// <summary>Writes index segments and tells the catalogue.</summary>
internal sealed class SegmentWriter(PruneContext context)
{
    /// <summary>What one segment lists at most, so that whoever reads it needs little memory.</summary>
    private const int MaxPacks = 64, MaxBlobs = 1 << 16;

    /// <summary>Lists packs in new segments. They are durable when this returns.</summary>
    /// <param name="packs">The packs, which are durable.</param>
    /// <param name="replaced">Segments whose packs these segments list again.</param>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    public async Task WriteAsync(IEnumerable<PackDirectory> packs, IReadOnlyList<Bytes32> replaced)
    {
        foreach (List<PackDirectory> batch in Split(packs, pack => pack.Entries.Count))
        {
            await WriteSegmentAsync(batch, replaced).ConfigureAwait(false);
        }
    }

    /// <summary>Which packs one segment lists.</summary>
    /// <param name="packs">The packs, in order.</param>
    /// <param name="blobsOf">How many blobs one holds.</param>
    public static IEnumerable<List<T>> Split<T>(IEnumerable<T> packs, Func<T, int> blobsOf)
    {
        List<T> batch = [];
        int blobs = 0;
        foreach (T pack in packs)
        {
            if (batch.Count == MaxPacks || (batch.Count > 0 && blobs + blobsOf(pack) > MaxBlobs))
            {
                yield return batch;
                batch = [];
                blobs = 0;
            }

            batch.Add(pack);
            blobs += blobsOf(pack);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task WriteSegmentAsync(List<PackDirectory> packs, IReadOnlyList<Bytes32> replaced)
    {
        byte[] segment = IndexSegmentFormat.Seal(new IndexSegment(packs, replaced), context.Keys);
        Bytes32 id = ContentHash.Of(segment);
        await context.Store.PutIfAbsentAsync(RepositoryObjects.Segment(id), segment, context.CancellationToken).ConfigureAwait(false);
        context.Catalogue.Apply(new CatalogueChange { SegmentsAdded = [new CatalogueSegment(id, packs)] });
    }
}
