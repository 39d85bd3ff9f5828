using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Pruning;

/// <summary>
/// Removes what no snapshot needs, beside backups and other prunes, without locks and without trusting a clock. Packs are condemned
/// first, so that no new session relies on them; then every session that began before is decided; then what is needed is found again,
/// and only condemned packs that are needed no more are deleted. docs/concurrency.md tells it for users, docs/decisions/concurrency.md why it is safe.
/// </summary>
internal sealed partial class PruneOperation(PruneContext context)
{
    /// <summary>Each further try means that another prune condemned packs in between.</summary>
    private const int MaxTries = 16;

    /// <summary>What cannot be found may have been forgotten and deleted by others in between; three times in a row it is missing.</summary>
    private const int MaxObstacles = 3;

    private readonly CopiedRecords _copied = new();
    private readonly List<KnownPack> _deleted = [];
    private readonly List<SnapshotId> _ended = [];
    private long _packsWritten, _bytesWritten;

    /// <exception cref="PruneStoppedException">Something cannot be read, is missing, or far too much would go; nothing was deleted.</exception>
    /// <exception cref="UnsafeStoreException">The store does not keep what the safety rests on.</exception>
    /// <exception cref="StoreException">The store failed; whatever was done so far is safe, and the next prune goes on.</exception>
    public async Task<PruneReport> RunAsync()
    {
        if (!context.Options.IsExclusive && !context.Options.IsDryRun)
        {
            await StoreProbe.RunAsync(context.Store, context.CancellationToken).ConfigureAwait(false);
        }

        int obstacles = 0;
        for (int attempt = 1; attempt <= MaxTries; attempt++)
        {
            try
            {
                using LiveBlobs live = context.NewLiveBlobs();
                if (await TryRunAsync(live).ConfigureAwait(false) is { } report)
                {
                    return report;
                }

                LogOvertaken(context.Logger, attempt);
            }
            catch (MissingDataException exception) when (++obstacles < MaxObstacles)
            {
                LogObstacle(context.Logger, exception.Message);
            }
            catch (MissingDataException exception)
            {
                throw new PruneStoppedException(exception.Message, exception);
            }
        }

        throw new PruneStoppedException($"{context.Store.Location}: other prunes went before this one {MaxTries} times; run it again when they are done");
    }

    /// <returns><see langword="null"/> when another prune condemned packs in between and all is to be looked at again.</returns>
    private async Task<PruneReport?> TryRunAsync(LiveBlobs live)
    {
        IReadOnlyList<SnapshotId> awaited = context.Options.IsDryRun ? [] : await FinishOthersAsync(live).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = await FindLiveAsync(live).ConfigureAwait(false);

        // In this order: what is condemned, then what is there.
        GcState gc = await ReadGcAsync().ConfigureAwait(false);
        await context.SynchroniseAsync().ConfigureAwait(false);
        long epoch = context.Catalogue.Epoch;
        PackSurvey survey = PackSurvey.Make(context, live, gc.Condemned());
        RequireNothingMissing(survey);
        PrunePlan plan = PrunePlanner.Plan(survey.Packs, context.Options.MaxUnused);
        List<NewPack> newPacks = Assign(plan, survey, live);
        PruneReport report = Describe(snapshots.Count, live, survey, plan, newPacks);
        if (context.Options.IsDryRun)
        {
            return report with { Cost = await new PruneCostEstimate(context, plan, newPacks, snapshots.Count).MakeAsync().ConfigureAwait(false) };
        }

        RequireIntended(report);
        if (plan.Condemned.Any() && awaited.Count == 0)
        {
            Repacker repacker = new(context, _copied);
            await repacker.RunAsync(newPacks).ConfigureAwait(false);
            _packsWritten += newPacks.Count;
            _bytesWritten += repacker.BytesWritten;
            GcRecord mark = new(gc.LastNumber + 1, GcStep.Mark, [.. plan.Condemned.Select(pack => pack.Id).Order()], context.NowNs, context.Host, context.Program);
            if (!await context.Gc.TryPutAsync(mark, context.CancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            int deletedBefore = _deleted.Count;
            awaited = await ResolveAsync(mark, live).ConfigureAwait(false);
            epoch += _deleted.Count > deletedBefore ? 1 : 0;
        }

        // All that is needed was found before, and nothing needed was lost unless the epoch rose once more: the next backup need not look.
        context.Catalogue.MarkComplete([.. snapshots.Select(snapshot => snapshot.Tree)], epoch);
        context.Catalogue.RetainClosures(live.Contains);
        await new Leftovers(context).DeleteAsync().ConfigureAwait(false);
        return report with
        {
            PacksDeleted = _deleted.Count,
            BytesDeleted = Amount.Sum(_deleted, pack => pack.Length),
            PacksWritten = _packsWritten,
            BytesWritten = _bytesWritten,
            SessionsEnded = [.. _ended],
            SessionsAwaited = awaited,
        };
    }

    /// <summary>Goes on with what other prunes left undone.</summary>
    /// <returns>The sessions that have to be waited for.</returns>
    private async Task<IReadOnlyList<SnapshotId>> FinishOthersAsync(LiveBlobs live)
    {
        GcState gc = await ReadGcAsync().ConfigureAwait(false);
        if (gc.OpenSweeps.Count > 0)
        {
            // Which segments list the packs: with an older catalogue, or none, those that do would never be written anew.
            await context.SynchroniseAsync().ConfigureAwait(false);
        }

        foreach (GcRecord sweep in gc.OpenSweeps.Values)
        {
            await SweepAsync(sweep).ConfigureAwait(false);
        }

        foreach (GcRecord mark in gc.OpenMarks.Values.OrderBy(mark => mark.Number))
        {
            IReadOnlyList<SnapshotId> awaited = await ResolveAsync(mark, live).ConfigureAwait(false);
            if (awaited.Count > 0)
            {
                return awaited;
            }
        }

        return [];
    }

    /// <summary>Decides which packs of a mark go, and deletes them.</summary>
    /// <returns>The sessions that have to be waited for; then nothing was decided.</returns>
    private async Task<IReadOnlyList<SnapshotId>> ResolveAsync(GcRecord mark, LiveBlobs live)
    {
        if (context.Options.Grace > TimeSpan.Zero)
        {
            await Task.Delay(context.Options.Grace, context.Time, context.CancellationToken).ConfigureAwait(false);
        }

        // In this order: the sessions; once all of them are decided, the snapshots; then what else is condemned.
        SessionFence fence = new(context);
        IReadOnlyList<SnapshotId> undecided = await fence.WaitAsync().ConfigureAwait(false);
        _ended.AddRange(fence.Ended);
        if (undecided.Count > 0)
        {
            return undecided;
        }

        await FindLiveAsync(live).ConfigureAwait(false);
        IReadOnlyList<PackId> doomed = await new SweepDecision(context, live, _copied).DecideAsync(mark).ConfigureAwait(false);
        GcRecord sweep = new(mark.Number, GcStep.Sweep, doomed, context.NowNs, context.Host, context.Program);
        if (!await context.Gc.TryPutAsync(sweep, context.CancellationToken).ConfigureAwait(false))
        {
            sweep = await context.Gc.ReadAsync(mark.Number, GcStep.Sweep, context.CancellationToken).ConfigureAwait(false);
        }

        await SweepAsync(sweep).ConfigureAwait(false);
        return [];
    }

    private async Task SweepAsync(GcRecord sweep) => _deleted.AddRange(await new Sweeper(context).RunAsync(sweep).ConfigureAwait(false));

    /// <summary>Adds all that the snapshots of this moment need.</summary>
    /// <exception cref="MissingDataException">A snapshot or a tree cannot be read: what it needs nobody can tell.</exception>
    private async Task<IReadOnlyList<Snapshot>> FindLiveAsync(LiveBlobs live)
    {
        try
        {
            // By name, since of a damaged one nothing else is known.
            HashSet<string> passedOver = context.Options.IsDryRun
                ? [.. context.Options.AssumeForgotten.Select(id => RepositoryObjects.Snapshot(id).Value)]
                : [];
            List<Snapshot> snapshots = [];
            SnapshotReader reader = new(context.Store, context.Keys, context.Seen);
            await foreach ((Snapshot? snapshot, CorruptDataException? damage) in reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
            {
                if (!passedOver.Contains(snapshot is null ? damage!.ObjectName : RepositoryObjects.Snapshot(snapshot.Id).Value))
                {
                    snapshots.Add(snapshot ?? throw damage!);
                }
            }

            RequireAll(reader, passedOver);

            // After the snapshots: what they need is then known, however short ago they were committed.
            await context.SynchroniseAsync().ConfigureAwait(false);
            await live.AddAsync(snapshots.Select(snapshot => snapshot.Tree)).ConfigureAwait(false);
            return snapshots;
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            throw new MissingDataException(
                $"{exception.Message}; prune deletes nothing while something that snapshots need cannot be read: run 'check', then 'repair', or forget the snapshot", exception);
        }
    }

    /// <summary>A snapshot that the store does not show is still needed.</summary>
    private static void RequireAll(SnapshotReader reader, HashSet<string> passedOver)
    {
        foreach (SnapshotId id in reader.Missing.Where(id => !passedOver.Contains(RepositoryObjects.Snapshot(id).Value)))
        {
            throw new MissingDataException($"{reader.DescribeMissing(id)}; prune deletes nothing: see what is wrong with the store, or, if the snapshot is lost for good, run 'forget {id}'");
        }
    }

    /// <exception cref="PruneStoppedException">A record of a prune is damaged or missing.</exception>
    private async Task<GcState> ReadGcAsync()
    {
        GcState gc = await context.Gc.ReadAsync(context.CancellationToken).ConfigureAwait(false);
        return gc.Damage.Count == 0
            ? gc
            : throw new PruneStoppedException($"{gc.Damage[0].Message}; nobody can tell which packs it condemns, and prune deletes nothing: run 'repair prunes'", gc.Damage[0]);
    }

    /// <summary>Which needed blobs of the packs to be rewritten go into which new pack.</summary>
    private List<NewPack> Assign(PrunePlan plan, PackSurvey survey, LiveBlobs live)
    {
        List<NewPack> packs = [];
        foreach (PackUse use in plan.Repacked)
        {
            // One that went since it was surveyed holds nothing any more.
            foreach (PackEntry entry in context.Catalogue.ReadPack(use.Id) is { } directory ? survey.UsedEntries(directory, live) : [])
            {
                NewPack? pack = packs.FindLast(pack => pack.Kind == use.Kind);
                if (pack is not { IsFull: false })
                {
                    packs.Add(pack = new NewPack(use.Kind));
                }

                pack.Add(use.Id, entry);
            }
        }

        return packs;
    }

    private PruneReport Describe(long snapshots, LiveBlobs live, PackSurvey survey, PrunePlan plan, List<NewPack> newPacks) => new()
    {
        Snapshots = snapshots,
        Packs = survey.Packs.Count,
        Bytes = Amount.Sum(survey.Packs, pack => pack.Length),
        UsedBlobs = live.Count,
        UnusedBytes = Amount.Sum(survey.Packs, pack => pack.UnusedBytes),
        PacksDeleted = plan.Condemned.Count(),
        BytesDeleted = Amount.Sum(plan.Condemned, pack => pack.Length),
        PacksRepacked = plan.Repacked.Count,
        PacksWritten = newPacks.Count,
        BytesWritten = newPacks.Sum(pack => pack.Length),
        UnusedBytesLeft = plan.UnusedBytesLeft,
        IsDryRun = context.Options.IsDryRun,
    };

    private void RequireNothingMissing(PackSurvey survey)
    {
        if (survey.Missing > 0)
        {
            throw new MissingDataException(
                $"{context.Store.Location}: {survey.Missing} blobs that snapshots need are in no pack; prune deletes nothing: run 'check' to see which files need them, then 'repair'");
        }
    }

    private void RequireIntended(PruneReport report)
    {
        if (!context.Options.AllowLargeDeletion && report.IsLargeDeletion)
        {
            throw new PruneStoppedException(
                $"{context.Store.Location}: {report.BytesFreed} of {report.Bytes} bytes would go, more than half; when that is meant, run it again with --allow-large-deletion");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Reason}; all is looked at again")]
    private static partial void LogObstacle(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "another prune condemned packs first (try {Try}): all is looked at again")]
    private static partial void LogOvertaken(ILogger logger, int @try);
}
