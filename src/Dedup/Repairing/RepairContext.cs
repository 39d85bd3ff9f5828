using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Repairing;

/// <summary>What all repairs work with.</summary>
internal sealed record RepairContext(
    IObjectStore Store, RepositoryKeys Keys, RepositoryConfig Config, CatalogueDatabase Catalogue, string CatalogueFolder, TimeProvider Time, ILogger Logger,
    int Concurrency, int ReadsAhead)
{
    /// <summary>The store for walks through trees: of one that is far away, what lies close together is read at once.</summary>
    public IObjectStore OpenTrees() => ReadsAhead > 1 ? new ReadAheadStore(Store) : Store;

    public Task SynchroniseAsync(CancellationToken cancellationToken) =>
        new CatalogueSynchronizer(Store, Keys, Catalogue, Logger).SynchroniseAsync(cancellationToken);

    private long NowNs => UnixTime.FromDateTimeOffset(Time.GetUtcNow());

    /// <summary>
    /// Registers a session, then looks at the repository anew, does something, and ends the session unless that committed. Only a repair
    /// that has something to write does so: otherwise each would leave a decided slot behind.
    /// </summary>
    public async Task<T> InSessionAsync<T>(Func<BackupSession, ReusablePacks, Task<T>> work, CancellationToken cancellationToken)
    {
        BackupSession session = await BackupSession.BeginAsync(
            Store, Keys, Environment.MachineName, RunningProcess.Current, NowNs, EngineVersion.Program, cancellationToken).ConfigureAwait(false);
        try
        {
            CatalogueSynchronizer synchronizer = new(Store, Keys, Catalogue, Logger);
            ReusablePacks reusable = await session.FindReusableAsync(
                async () => (await synchronizer.SynchroniseAsync(cancellationToken).ConfigureAwait(false)).Packs, [], cancellationToken).ConfigureAwait(false);
            return await work(session, reusable).ConfigureAwait(false);
        }
        finally
        {
            // A slot that was taken by a commit stays as it is.
            await session.AbandonAsync(NowNs, "a repair that needs no snapshot, or failed", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>What this machine remembers of the packs it read.</summary>
    public VerificationLedger Ledger() => new(CatalogueFolder, Config.Repository, Store.Location);

    /// <summary>A catalogue that knows nothing, so that everything handed to a writer with it is stored.</summary>
    public ScratchCatalogue NewScratchCatalogue() => new(CatalogueFolder, Config.Repository);

    /// <summary>A writer that relies on nothing but what it stores itself.</summary>
    public BlobWriter NewWriter(CatalogueDatabase catalogue, CancellationToken cancellationToken) =>
        new(Store, Store, Keys, catalogue, new ReusablePacks(GcState.None, []), Config.Compression, Config.Chunks.MaxLength, concurrency: 1, cancellationToken);

    public async Task<Dictionary<PackId, long>> ListPacksAsync(CancellationToken cancellationToken)
    {
        Dictionary<PackId, long> packs = [];
        await foreach (ObjectInfo info in Store.ListAsync(RepositoryObjects.Packs, cancellationToken).ConfigureAwait(false))
        {
            if (PackId.TryParse(info.Name.Leaf, out PackId id))
            {
                packs[id] = info.Length;
            }
        }

        return packs;
    }

    /// <summary>Does something with each of many packs, several at once.</summary>
    public async Task ForEachAsync(IEnumerable<PackId> packs, Action<PackId, CancellationToken> action, CancellationToken cancellationToken)
    {
        using ThreadGroup threads = new(cancellationToken);
        ConcurrentQueue<PackId> queue = new(packs);
        for (int i = 0; i < Concurrency * ReadsAhead; i++)
        {
            threads.Start(() =>
            {
                while (queue.TryDequeue(out PackId pack))
                {
                    threads.Token.ThrowIfCancellationRequested();
                    action(pack, threads.Token);
                }
            });
        }

        await threads.CompleteAsync().ConfigureAwait(false);
    }
}
