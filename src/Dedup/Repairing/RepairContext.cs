using System.Collections.Concurrent;
using System.Reflection;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Repairing;

/// <summary>What all repairs work with.</summary>
internal sealed record RepairContext(
    IObjectStore Store, RepositoryKeys Keys, RepositoryConfig Config, CatalogueDatabase Catalogue, string CatalogueFolder, TimeProvider Time, ILogger Logger,
    int Concurrency)
{
    private static readonly string Program =
        $"dedup {typeof(RepairContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    public Task SynchroniseAsync(CancellationToken cancellationToken) =>
        new CatalogueSynchronizer(Store, Keys, Catalogue, Logger).SynchroniseAsync(cancellationToken);

    /// <summary>
    /// Registers a session, then looks at the repository anew. Only a repair that has something to write does so: otherwise each would leave a
    /// session behind.
    /// </summary>
    public async Task<BackupSession> BeginSessionAsync(CancellationToken cancellationToken)
    {
        BackupSession session = await BackupSession.BeginAsync(
            Store, Keys, Environment.MachineName, UnixTime.FromDateTimeOffset(Time.GetUtcNow()), Program, cancellationToken).ConfigureAwait(false);
        await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        return session;
    }

    /// <summary>What this machine remembers of the packs it read.</summary>
    public VerificationLedger Ledger() => new(CatalogueFolder, Config.Repository);

    /// <summary>A catalogue that knows nothing, so that everything handed to a writer with it is stored.</summary>
    public ScratchCatalogue NewScratchCatalogue() => new(CatalogueFolder, Config.Repository);

    public BlobWriter NewWriter(CatalogueDatabase catalogue, CancellationToken cancellationToken) =>
        new(Store, Keys, catalogue, Config.Compression, Config.Chunks.MaxLength, concurrency: 1, cancellationToken);

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
        for (int i = 0; i < Concurrency; i++)
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
