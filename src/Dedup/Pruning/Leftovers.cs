using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Deletes small objects that have done their duty: registrations of decided sessions, snapshots that are on record as forgotten, marks of prunes that are done.</summary>
internal sealed class Leftovers(PruneContext context)
{
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task DeleteAsync()
    {
        // Sessions before slots: one that is decided between the two is taken for undecided and stays. Slots before records of forgotten
        // ones: a snapshot that was forgotten in between is in the second listing.
        IReadOnlyList<SnapshotId> sessions = await ListAsync(RepositoryObjects.Sessions).ConfigureAwait(false);
        HashSet<SnapshotId> slots = [.. await ListAsync(RepositoryObjects.Snapshots).ConfigureAwait(false)];
        IReadOnlyList<SnapshotId> forgotten = await ListAsync(RepositoryObjects.Forgotten).ConfigureAwait(false);
        foreach (SnapshotId snapshot in forgotten.Where(slots.Contains))
        {
            // Whoever forgot it was cut off before it could be deleted, or it turned up again after a late reply.
            await context.Store.DeleteAsync(RepositoryObjects.Snapshot(snapshot), context.CancellationToken).ConfigureAwait(false);
        }

        slots.UnionWith(forgotten);
        foreach (SnapshotId session in sessions.Where(slots.Contains))
        {
            await context.Store.DeleteAsync(RepositoryObjects.Session(session), context.CancellationToken).ConfigureAwait(false);
        }

        await DeleteMarksAsync().ConfigureAwait(false);
    }

    private async Task DeleteMarksAsync()
    {
        HashSet<long> marks = [], done = [];
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Gc, context.CancellationToken).ConfigureAwait(false))
        {
            if (RepositoryObjects.TryParseGcRecord(info.Name.Leaf, out long number, out GcStep step) && step != GcStep.Sweep)
            {
                (step == GcStep.Mark ? marks : done).Add(number);
            }
        }

        foreach (long number in marks.Where(done.Contains))
        {
            // Whoever retired the prune was cut off right before this. What is gone nobody puts back: the record itself is looked at, not only listed.
            if (await context.Store.InfoAsync(RepositoryObjects.GcRecord(number, GcStep.Retirement), context.CancellationToken).ConfigureAwait(false) is null)
            {
                continue;
            }

            await context.Store.DeleteAsync(RepositoryObjects.GcRecord(number, GcStep.Mark), context.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<SnapshotId>> ListAsync(string folder)
    {
        List<SnapshotId> ids = [];
        await foreach (ObjectInfo info in context.Store.ListAsync(folder, context.CancellationToken).ConfigureAwait(false))
        {
            if (SnapshotId.TryParse(info.Name.Leaf, out SnapshotId id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
