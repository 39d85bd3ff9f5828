using Dedup.Cli.Output;
using Dedup.Replication;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary>Replications from one store to another, each told when it is done. The stores are opened by the first.</summary>
/// <param name="context">Where to tell it.</param>
/// <param name="from">The repository.</param>
/// <param name="to">The replica.</param>
/// <param name="options">How.</param>
/// <param name="lag">Learns how far the replica is behind.</param>
/// <param name="recorder">Puts on record what was done.</param>
/// <param name="recordsAll">Whether that which found nothing to do goes on record too.</param>
/// <param name="mayCreate">Whether the replica may be made: one that was there and is gone is no empty place, but a disk that is not mounted.</param>
internal sealed class ReplicationRun(
    CommandContext context, string from, string to, ReplicationOptions options, ReplicaLag lag, ReplicationRecorder recorder, bool recordsAll, bool mayCreate) : IAsyncDisposable
{
    private IObjectStore? _source, _target;
    private Replicator? _replicator;

    /// <summary>Replicates once, shows how far it has come, and says what it did.</summary>
    /// <returns>Whether the replica is what the repository is.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        _source ??= await RepositoryAccess.OpenStoreAsync(context, from, cancellationToken);
        _target ??= mayCreate
            ? await RepositoryAccess.OpenReplicaAsync(context, to, mayMakeFolder: !options.IsDryRun, cancellationToken) ?? new MemoryStore()
            : await RepositoryAccess.OpenStoreAsync(context, to, cancellationToken);
        _replicator ??= new Replicator(_source, _target, options);
        ReplicationReport report;
        TimeSpan duration;
        lag.BeginRun();
        using (ReplicationProgressView progress = new(context))
        {
            report = await _replicator.RunAsync(progress, cancellationToken);
            duration = progress.Elapsed;
        }

        lag.EndRun(report.BytesBehind > 0);
        context.Errors.WriteProblems(report.Problems);
        if (report.OnlyInTarget.Count > 0)
        {
            context.Errors.WriteLog(
                "warning", $"{to}: {report.OnlyInTarget.Count} snapshots are only here, and were not forgotten in {from}: lost there, or made here; the first is {report.OnlyInTarget[0]}");
        }

        if (!report.IsDryRun && (recordsAll || report.SnapshotsCopied > 0 || report.ObjectsDeleted > 0))
        {
            await recorder.RecordAsync(_source, report, duration, cancellationToken);
        }

        ReplicationSummary.Write(context, report, lag, duration);
        return report.IsClean;
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }
}
