using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Copying;

/// <summary>
/// Copies snapshots into another repository, each by a session of the target as a backup is made by: registered first, relying on no condemned pack, committed last.
/// </summary>
internal sealed class CopyOperation(CopySide source, CopySide target, TimeProvider time, IProgress<CopyProgress>? progress, CancellationToken cancellationToken)
{
    /// <summary>As for backups.</summary>
    private const int MaxAttempts = 8;

    private readonly CopyCounters _counters = new();
    private readonly List<CopiedSnapshot> _copied = [];
    private readonly List<CopyProblem> _problems = [];
    private long? _epoch;
    private int _total;

    /// <exception cref="SnapshotNotFoundException">One that was asked for is not there.</exception>
    /// <exception cref="SessionFencedException">Prunes of the target ended each try.</exception>
    /// <exception cref="StoreException">A store failed; what was copied stays, and need not be copied again.</exception>
    public async Task<CopyReport> RunAsync(CopyOptions options)
    {
        await source.SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> chosen = await ChooseAsync(options).ConfigureAwait(false);
        List<Snapshot> present = [];
        await foreach ((Snapshot? snapshot, _) in new SnapshotReader(target.Store, target.Keys).ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                present.Add(snapshot);
            }
        }

        _total = chosen.Count;
        using CopyMap map = CopyMap.Open(target.CatalogueFolder, source.Config.Repository);
        foreach (Snapshot snapshot in chosen)
        {
            Snapshot? copy = present.Find(other => IsSame(snapshot, other));
            if (copy is not null)
            {
                _copied.Add(new CopiedSnapshot(snapshot.Id, copy.Id, WasThere: true));
            }
            else
            {
                await CopyAsync(snapshot, map).ConfigureAwait(false);
            }

            Report(0);
        }

        return new CopyReport(_copied, _problems, _counters.BlobsStored, _counters.BytesRead, _counters.BytesStored);
    }

    /// <summary>The format has no place for where a snapshot comes from: one of the same source, time and extent is the same.</summary>
    private static bool IsSame(Snapshot original, Snapshot other) =>
        original.Time == other.Time && original.Host == other.Host && original.Paths.SequenceEqual(other.Paths)
        && original.Statistics.TotalFiles == other.Statistics.TotalFiles && original.Statistics.TotalBytes == other.Statistics.TotalBytes
        && original.Tags.Contains("repaired") == other.Tags.Contains("repaired");

    private async Task<IReadOnlyList<Snapshot>> ChooseAsync(CopyOptions options)
    {
        List<Snapshot> snapshots = [];
        SnapshotReader reader = new(source.Store, source.Keys);
        if (options.Snapshots.Count > 0)
        {
            foreach (SnapshotId id in options.Snapshots.Distinct())
            {
                snapshots.Add(await reader.ReadAsync(id, cancellationToken).ConfigureAwait(false));
            }
        }
        else
        {
            await foreach ((Snapshot? snapshot, CorruptDataException? damage) in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (snapshot is not null)
                {
                    snapshots.Add(snapshot);
                }
                else if (SnapshotId.TryParse(ObjectName.Parse(damage!.ObjectName).Leaf, out SnapshotId id))
                {
                    _problems.Add(new CopyProblem(id, damage.Message));
                }
            }
        }

        return [.. snapshots.OrderBy(snapshot => snapshot.Time).ThenBy(snapshot => snapshot.Id.ToString(), StringComparer.Ordinal)];
    }

    private async Task CopyAsync(Snapshot snapshot, CopyMap map)
    {
        bool isSecond = false;
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            try
            {
                if (await TryCopyAsync(snapshot, map).ConfigureAwait(false) is { } copy)
                {
                    _copied.Add(new CopiedSnapshot(snapshot.Id, copy, WasThere: false));
                    return;
                }
            }
            catch (DedupException exception) when (exception is BlobMissingException or ObjectNotFoundException or CorruptDataException)
            {
                if (isSecond)
                {
                    _problems.Add(new CopyProblem(snapshot.Id, exception.Message));
                    return;
                }

                // A prune of the source may have moved it: looked for once more.
                isSecond = true;
                await source.SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        throw new SessionFencedException($"{target.Store.Location}: prunes ended this copy {MaxAttempts} times before it could commit; give prune a longer --session-timeout and copy again");
    }

    /// <returns><see langword="null"/> when a prune of the target ended the session.</returns>
    private async Task<SnapshotId?> TryCopyAsync(Snapshot snapshot, CopyMap map)
    {
        BackupSession session = await BackupSession.BeginAsync(
            target.Store, target.Keys, Environment.MachineName, RunningProcess.Current, NowNs, EngineVersion.Program, cancellationToken).ConfigureAwait(false);
        bool isOver = false;
        try
        {
            VerificationLedger ledger = new(target.CatalogueFolder, target.Config.Repository, target.Store.Location);
            ReusablePacks reusable = await session.FindReusableAsync(
                async () => (await target.SynchroniseAsync(cancellationToken).ConfigureAwait(false)).Packs, ledger.ReadDamaged(), cancellationToken).ConfigureAwait(false);
            BlobId tree = await StoreAsync(snapshot, reusable, map).ConfigureAwait(false);
            bool isCommitted = await session.TryCommitAsync(snapshot with { Id = session.Id, Tree = tree, Parent = default }, cancellationToken).ConfigureAwait(false);
            isOver = true;
            return isCommitted ? session.Id : null;
        }
        finally
        {
            if (!isOver)
            {
                await session.AbandonAsync(NowNs, "the copy failed", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private long NowNs => UnixTime.FromDateTimeOffset(time.GetUtcNow());

    private async Task<BlobId> StoreAsync(Snapshot snapshot, ReusablePacks reusable, CopyMap map)
    {
        int maxChunk = Math.Max(source.Config.Chunks.MaxLength, target.Config.Chunks.MaxLength);
        BlobWriter writer = new(target.Store, target.Store, target.Keys, target.Catalogue, reusable, target.Config.Compression, maxChunk, concurrency: 1, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            writer.AdoptUnlisted();
            if (!reusable.IsUnrestricted || _epoch != target.Catalogue.Epoch)
            {
                // What lies in directories that were copied before may be gone by now: each is looked at again.
                map.ForgetTrees();
                _epoch = reusable.IsUnrestricted ? target.Catalogue.Epoch : null;
            }

            bool isStored = false;
            try
            {
                using TreeCopier copier = new(source, target, writer, map, _counters, () => Report(writer.StoredBytes), cancellationToken);
                BlobId tree = copier.Copy(snapshot.Tree);
                await writer.CompleteAsync().ConfigureAwait(false);
                map.Flush();
                isStored = true;
                return tree;
            }
            finally
            {
                if (!isStored)
                {
                    // Of what was not made durable nothing may be relied on.
                    _epoch = null;
                }

                _counters.BlobsStored += writer.DataBlobs + writer.TreeBlobs;
                _counters.BytesStored += writer.StoredBytes;
            }
        }
    }

    private void Report(long underWay) =>
        progress?.Report(new CopyProgress(_copied.Count, _total, _counters.Files, _counters.BytesRead, _counters.BytesStored + underWay));
}
