using System.Collections.Concurrent;
using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>
/// Mirrors a repository into another store, object by object, without any key. The target is a valid repository at every moment from its config on, whatever
/// ends the replication and whatever backups, forgets and prunes do to the source meanwhile; nothing in it is ever overwritten, and
/// nothing deleted unless the options say so.
/// </summary>
/// <remarks>Started again, it goes on where it was. The stores stay the caller's. Nobody prunes the target, and no other replication deletes from it, meanwhile.</remarks>
public sealed class Replicator
{
    /// <summary>Each further pass means that a prune deleted from the source, or from the target, meanwhile; and it has less to copy.</summary>
    private const int MaxPasses = 16;

    private readonly IObjectStore _source, _target;
    private readonly ReplicationOptions _options;
    private readonly ConcurrentDictionary<ObjectName, ObjectName> _knownSweeps = [];

    /// <param name="source">The repository.</param>
    /// <param name="target">Its replica: one that is there, or an empty store.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    public Replicator(IObjectStore source, IObjectStore target, ReplicationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        _source = source;
        _target = target;
        _options = options ?? new();
    }

    /// <summary>Brings the target up to the source. May be called again and again.</summary>
    /// <returns>What was done, and what keeps the target from being what the source is.</returns>
    /// <exception cref="RepositoryNotFoundException">The source is no repository.</exception>
    /// <exception cref="ReplicationRefusedException">The target holds another repository, or what is none.</exception>
    /// <exception cref="CorruptDataException">The source's config is damaged.</exception>
    /// <exception cref="UnsupportedFormatException">The source needs what this program does not know.</exception>
    /// <exception cref="StoreException">A store failed; what was copied stays, and the target is valid.</exception>
    public async Task<ReplicationReport> RunAsync(IProgress<ReplicationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ReplicationContext context = new(_source, _target, _options, progress, cancellationToken);
        ObjectCopier copier = new(context);
        await new ReplicaIdentity(context, copier).EstablishAsync().ConfigureAwait(false);
        return _options.IsDryRun
            ? await LookAsync(context, copier).ConfigureAwait(false)
            : await CopyAsync(context, copier).ConfigureAwait(false);
    }

    private async Task<ReplicationReport> CopyAsync(ReplicationContext context, ObjectCopier copier)
    {
        long snapshots = 0;
        for (int count = 1; ; count++)
        {
            TargetWatch watch = new(context);
            ReplicationPass pass = new(context, copier, watch, _knownSweeps);
            bool isFree = await watch.BeginAsync().ConfigureAwait(false);
            bool isSettled = !isFree || await pass.RunAsync(_options.Verify && count == 1).ConfigureAwait(false);
            snapshots += pass.SnapshotsCopied;
            if (!isSettled && count < MaxPasses)
            {
                continue;
            }

            if (!isSettled)
            {
                context.Add(
                    ReplicationProblemKind.SourceUnsettled,
                    RepositoryObjects.Gc,
                    $"{_source.Location}: was pruned again and again while it was read; new snapshots wait for the next replication");
            }

            TargetPruning pruning = new(context, copier, pass);
            if (isFree && isSettled && _options.PruneTarget && !context.HasProblems)
            {
                await pruning.RunAsync().ConfigureAwait(false);
            }

            await new EvidenceCopier(context, copier).RunAsync(_options.Verify).ConfigureAwait(false);

            // What the target has now is asked afresh.
            ReplicationPass after = new(context, copier, watch, _knownSweeps);
            await after.LookAsync().ConfigureAwait(false);
            return Describe(context, after, pruning, count) with
            {
                ObjectsCopied = context.ObjectsCopied,
                BytesCopied = context.BytesCopied,
                SnapshotsCopied = snapshots,
            };
        }
    }

    private async Task<ReplicationReport> LookAsync(ReplicationContext context, ObjectCopier copier)
    {
        ReplicationPass pass = new(context, copier, new TargetWatch(context), _knownSweeps);
        await pass.LookAsync().ConfigureAwait(false);
        TargetPruning pruning = new(context, copier, pass);
        if (_options.PruneTarget)
        {
            await pruning.RunAsync().ConfigureAwait(false);
        }

        ReplicationReport report = Describe(context, pass, pruning, passes: 1);
        IReadOnlyList<ObjectInfo> missing = Missing(pass);
        return report with { ObjectsCopied = missing.Count, BytesCopied = report.BytesBehind, SnapshotsCopied = report.SnapshotsBehind };
    }

    private ReplicationReport Describe(ReplicationContext context, ReplicationPass pass, TargetPruning pruning, int passes)
    {
        IReadOnlyList<ObjectInfo> missing = Missing(pass);
        ILookup<bool, ObjectName> present = pass.State.Target[RepositoryObjects.Snapshots].Keys.ToLookup(name => pass.Forgotten.ContainsKey(ForgottenRecord(name)));
        return new ReplicationReport
        {
            ObjectsCopied = 0,
            BytesCopied = 0,
            SnapshotsCopied = 0,
            ObjectsVerified = context.ObjectsVerified,
            ObjectsDeleted = pruning.ObjectsDeleted,
            BytesDeleted = pruning.BytesDeleted,
            SnapshotsBehind = missing.Count(info => info.Name.Folder == RepositoryObjects.Snapshots),
            BytesBehind = Amount.Sum(missing, info => info.Length),
            SnapshotsRetained = present[true].Count(name => !pass.State.Target[RepositoryObjects.Forgotten].ContainsKey(ForgottenRecord(name))),
            OnlyInTarget =
            [
                .. present[false].Where(name => !pass.State.Snapshots.ContainsKey(name) && !pass.State.Target[RepositoryObjects.Forgotten].ContainsKey(ForgottenRecord(name)))
                    .Select(name => name.Value).Order(StringComparer.Ordinal),
            ],
            Passes = passes,
            IsDryRun = _options.IsDryRun,
            Problems = context.Problems,
        };
    }

    private static ObjectName ForgottenRecord(ObjectName snapshot) => ObjectName.Parse($"{RepositoryObjects.Forgotten}/{snapshot.Leaf}");

    private static IReadOnlyList<ObjectInfo> Missing(ReplicationPass pass) =>
    [
        .. StoreListing.Missing(pass.State.Packs, pass.State.Target[RepositoryObjects.Packs]),
        .. StoreListing.Missing(pass.State.Segments, pass.State.Target[RepositoryObjects.Index]),
        .. pass.Snapshots.Where(info => !pass.State.Target[RepositoryObjects.Snapshots].ContainsKey(info.Name)),
    ];
}
