using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Pruning;

/// <summary>What all parts of one prune share.</summary>
internal sealed record PruneContext(IObjectStore Store, RepositoryKeys Keys, CatalogueDatabase Catalogue, TimeProvider Time, ILogger Logger)
{
    /// <summary>How many threads work at once; with one, everything happens on the caller's.</summary>
    public required int Concurrency { get; init; }

    public required PruneOptions Options { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The store through which trees are read: one that keeps them on this machine, or the store itself. Snapshots never come from there.</summary>
    public IObjectStore Metadata { get; init; } = Store;

    /// <summary>Packs that were found damaged: they are no reason to give up another copy, and nobody copies out of them.</summary>
    public IReadOnlySet<PackId> Damaged { get; init; } = new HashSet<PackId>();

    /// <summary>Which snapshots this machine saw; <see langword="null"/> when it does not remember.</summary>
    public SnapshotLedger? Seen { get; init; }

    public IProgress<PruneProgress>? Progress { get; init; }

    /// <summary>The name of this machine, for the records.</summary>
    public string Host { get; init; } = Environment.MachineName;

    public string Program { get; init; } = EngineVersion.Program;

    /// <summary>Whether a process is known to have ended.</summary>
    public Func<ProcessIdentity, bool> IsKnownDead { get; init; } = RunningProcess.IsKnownDead;

    public GcLog Gc => new(Store, Keys);

    public long NowNs => UnixTime.FromDateTimeOffset(Time.GetUtcNow());

    public void Report(PruneStage stage, long done, long total) => Progress?.Report(new PruneProgress(stage, done, total));

    public LiveBlobs NewLiveBlobs() => new(Store, Metadata, Keys, Catalogue, Concurrency, CancellationToken)
    {
        Progress = pages => Report(PruneStage.FindingUsed, pages, 0),
    };

    public Task<SynchronisationResult> SynchroniseAsync() => new CatalogueSynchronizer(Store, Keys, Catalogue, Logger).SynchroniseAsync(CancellationToken);
}
