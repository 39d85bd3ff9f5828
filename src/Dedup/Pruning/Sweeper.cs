using Dedup.Catalogue;
using Dedup.Format;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Carries out a decided sweep. Several may do so at once, and one that was cut off is done again from the start.</summary>
internal sealed class Sweeper(PruneContext context)
{
    /// <summary>Deletes the packs of a sweep and everything that refers to them, then retires its records.</summary>
    /// <returns>The packs deleted here.</returns>
    /// <exception cref="StoreException">The store failed: a later prune goes on.</exception>
    public async Task<IReadOnlyList<KnownPack>> RunAsync(GcRecord sweep)
    {
        HashSet<PackId> doomed = [.. sweep.Packs];
        IReadOnlyList<KnownPack> known = [.. context.Catalogue.ReadPacks().Where(pack => doomed.Contains(pack.Id))];

        // The index first: nobody who reads it is sent to a pack that is gone.
        IReadOnlyList<Bytes32> replaced = await RewriteSegmentsAsync(doomed).ConfigureAwait(false);
        int done = 0;
        foreach (PackId pack in sweep.Packs)
        {
            await context.Store.DeleteAsync(RepositoryObjects.Pack(pack), context.CancellationToken).ConfigureAwait(false);
            context.Report(PruneStage.Deleting, ++done, sweep.Packs.Count);
        }

        context.Catalogue.Apply(new CatalogueChange { PacksGone = sweep.Packs, SegmentsRemoved = replaced });
        await RetireAsync(sweep.Number).ConfigureAwait(false);
        return known;
    }

    /// <summary>Writes down that a sweep is done; only then does the mark go.</summary>
    private async Task RetireAsync(long number)
    {
        GcRecord retirement = new(number, GcStep.Retirement, [], context.NowNs, context.Host, context.Program);
        await context.Gc.TryPutAsync(retirement, context.CancellationToken).ConfigureAwait(false);
        await context.Store.DeleteAsync(RepositoryObjects.GcRecord(number, GcStep.Mark), context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists what else the segments listed in new ones, and deletes them.</summary>
    private async Task<IReadOnlyList<Bytes32>> RewriteSegmentsAsync(HashSet<PackId> doomed)
    {
        IReadOnlyList<ListedPacks> segments = SegmentSelection.ToRewrite(context.Catalogue.ReadListedPacks(), doomed);
        Bytes32[] replaced = [.. segments.Select(segment => segment.Segment)];
        SegmentWriter writer = new(context, replaced);
        foreach (PackDirectory pack in segments.SelectMany(segment => segment.Packs).Distinct().Where(pack => !doomed.Contains(pack))
            .Select(context.Catalogue.ReadPack).OfType<PackDirectory>())
        {
            await writer.AddAsync(pack).ConfigureAwait(false);
        }

        await writer.FlushAsync().ConfigureAwait(false);
        foreach (Bytes32 segment in replaced)
        {
            await context.Store.DeleteAsync(RepositoryObjects.Segment(segment), context.CancellationToken).ConfigureAwait(false);
        }

        return replaced;
    }
}
