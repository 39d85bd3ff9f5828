using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>Checks a repository: first every object on its own and against the index, then what the snapshots need.</summary>
internal sealed class CheckOperation(IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, TimeProvider time, int concurrency)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<CheckReport> RunAsync(CheckLevel level, IProgress<CheckProgress>? progress, CancellationToken cancellationToken)
    {
        CheckContext context = new(store, keys, catalogue, cancellationToken);
        using ITimer? reporting = progress is null
            ? null
            : time.CreateTimer(_ => progress.Report(context.ToProgress()), null, ProgressInterval, ProgressInterval);

        await new SmallObjectCheck(context).RunAsync().ConfigureAwait(false);
        PackIndex index = await PackIndex.ReadAsync(context).ConfigureAwait(false);
        await new PackCheck(context, index, level, concurrency).RunAsync().ConfigureAwait(false);
        await new SnapshotCheck(context).RunAsync().ConfigureAwait(false);
        progress?.Report(context.ToProgress());
        return context.ToReport();
    }
}
