using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>
/// Sees to it that every backup that registered before packs were condemned is decided: it has committed, and then its snapshot counts,
/// or it cannot commit any more.
/// </summary>
internal sealed class SessionFence(PruneContext context)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly List<SnapshotId> _ended = [];

    /// <summary>The sessions that were ended here.</summary>
    public IReadOnlyList<SnapshotId> Ended => _ended;

    /// <summary>Waits for the sessions that are registered now, as long as the options say.</summary>
    /// <returns>Those that are still undecided.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<IReadOnlyList<SnapshotId>> WaitAsync()
    {
        List<SnapshotId> registered = await ListAsync().ConfigureAwait(false);
        List<SnapshotId> undecided = registered;
        long begun = context.Time.GetTimestamp();
        while (true)
        {
            undecided = await EndOrKeepAsync(undecided).ConfigureAwait(false);
            context.Report(PruneStage.WaitingForSessions, registered.Count - undecided.Count, registered.Count);
            if (undecided.Count == 0 || context.Time.GetElapsedTime(begun) >= context.Options.WaitForSessions)
            {
                return undecided;
            }

            await Task.Delay(PollInterval, context.Time, context.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<SnapshotId>> ListAsync()
    {
        List<SnapshotId> sessions = [];
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Sessions, context.CancellationToken).ConfigureAwait(false))
        {
            if (SnapshotId.TryParse(info.Name.Leaf, out SnapshotId id))
            {
                sessions.Add(id);
            }
        }

        return sessions;
    }

    private async Task<List<SnapshotId>> EndOrKeepAsync(List<SnapshotId> sessions)
    {
        List<SnapshotId> undecided = [];
        foreach (SnapshotId id in sessions)
        {
            if (await IsDecidedAsync(id).ConfigureAwait(false))
            {
                continue;
            }

            if (await FindReasonToEndAsync(id).ConfigureAwait(false) is { } reason)
            {
                await EndAsync(id, reason).ConfigureAwait(false);
            }
            else
            {
                undecided.Add(id);
            }
        }

        return undecided;
    }

    /// <summary>Whether the slot is taken, or was: a snapshot that was forgotten is deleted, and the record of that stays.</summary>
    private async Task<bool> IsDecidedAsync(SnapshotId id) =>
        await context.Store.InfoAsync(RepositoryObjects.Snapshot(id), context.CancellationToken).ConfigureAwait(false) is not null
        || await context.Store.InfoAsync(RepositoryObjects.ForgottenRecord(id), context.CancellationToken).ConfigureAwait(false) is not null;

    private async Task<string?> FindReasonToEndAsync(SnapshotId id)
    {
        ObjectName name = RepositoryObjects.Session(id);
        try
        {
            byte[] whole = await StoreReading.ReadAllAsync(context.Store, name, Limits.MaxSessionLength, context.CancellationToken).ConfigureAwait(false);
            Session session = SessionFormat.Open(whole, id, context.Keys, name.Value);
            if (context.IsKnownDead(session.Process))
            {
                return "its process has ended";
            }

            // A clock that is far ahead counts as one that is far behind: nobody waits for a year. Ending a live session only costs it time.
            TimeSpan age = (UnixTime.ToDateTimeOffset(context.NowNs) - UnixTime.ToDateTimeOffset(session.StartedNs)).Duration();
            return age >= context.Options.SessionTimeout ? $"it began {age.TotalHours:F1} hours ago" : null;
        }
        catch (CorruptDataException)
        {
            return "its registration cannot be read";
        }
        catch (ObjectNotFoundException)
        {
            // Deleted by another prune, which does so once the slot is decided. The slot is looked at again.
            return await IsDecidedAsync(id).ConfigureAwait(false) ? null : "its registration is gone";
        }
    }

    /// <summary>Takes the slot. Where the session was faster it has committed: decided either way.</summary>
    private async Task EndAsync(SnapshotId id, string reason)
    {
        SlotAbort abort = new(id, context.NowNs, context.Host, context.Program, reason);
        if (await context.Store.PutIfAbsentAsync(RepositoryObjects.Snapshot(id), SnapshotFormat.Seal(abort, context.Keys), context.CancellationToken).ConfigureAwait(false))
        {
            _ended.Add(id);
        }
    }
}
