using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Tagging;

/// <summary>
/// Publishes a snapshot anew with other tags. It is a session as a backup is: registered before it looks, so that a prune that misses the old
/// snapshot, which is forgotten after this, waits for the new one.
/// </summary>
internal sealed class TagOperation(IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, TimeProvider time, ILogger logger)
{
    /// <returns>The new snapshot: the same tree, time, parent and figures.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="CorruptDataException">It is damaged.</exception>
    /// <exception cref="SessionFencedException">A prune has condemned packs and is not done, or ended this session.</exception>
    /// <exception cref="ArgumentException">The tags are too long for a snapshot.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<Snapshot> RunAsync(SnapshotId id, TagEdit edit, CancellationToken cancellationToken)
    {
        BackupSession session = await BackupSession.BeginAsync(
            store, keys, Environment.MachineName, RunningProcess.Current, NowNs, EngineVersion.Program, cancellationToken).ConfigureAwait(false);
        try
        {
            CatalogueSynchronizer synchronizer = new(store, keys, catalogue, logger);
            ReusablePacks reusable = await session.FindReusableAsync(
                async () => (await synchronizer.SynchroniseAsync(cancellationToken).ConfigureAwait(false)).Packs, [], cancellationToken).ConfigureAwait(false);
            if (!reusable.IsUnrestricted)
            {
                // The new snapshot takes over all that the old one needs, wherever it lies.
                throw new SessionFencedException($"{store.Location}: a prune has condemned packs and is not done; run 'prune', then change tags again");
            }

            // Only now, and from the store itself: had it been forgotten before this session was registered, what it needs could be gone.
            Snapshot old = await new SnapshotReader(store, keys).ReadAsync(id, cancellationToken).ConfigureAwait(false);
            Snapshot tagged = old with { Id = session.Id, Tags = edit.Apply(old.Tags) };
            return await session.TryCommitAsync(tagged, cancellationToken).ConfigureAwait(false)
                ? tagged
                : throw new SessionFencedException($"{store.Location}: a prune ended this session before it could commit; change tags again");
        }
        finally
        {
            // A slot that was taken by a commit stays as it is.
            await session.AbandonAsync(NowNs, "changing tags failed", CancellationToken.None).ConfigureAwait(false);
        }
    }

    private long NowNs => UnixTime.FromDateTimeOffset(time.GetUtcNow());
}
