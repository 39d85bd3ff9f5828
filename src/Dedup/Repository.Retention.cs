using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup;

/// <content>Keeping what a policy asks for.</content>
public sealed partial class Repository
{
    /// <summary>Tells which snapshots a policy keeps, and why, and which <see cref="ApplyRetentionAsync"/> would forget. Nothing is changed.</summary>
    /// <param name="policy">The rules; a snapshot is kept if any asks for it.</param>
    /// <param name="filter">The snapshots that the policy is for; <see langword="null"/> for all.</param>
    /// <param name="grouping">What snapshots share that are looked at together; <see langword="null"/> for <see cref="RetentionGrouping.Default"/>, host and paths.</param>
    /// <param name="assumed">
    /// Snapshots that are taken for made, such as that of a dry run (<see cref="Backup.BackupOptions.IsDryRun"/>): so a dry run of a backup and of the retention after it tells what both would do.
    /// </param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentException">The policy has no rule and would forget everything.</exception>
    public async Task<RetentionPlan> PlanRetentionAsync(
        RetentionPolicy policy, SnapshotFilter? filter = null, RetentionGrouping? grouping = null, IReadOnlyCollection<Snapshot>? assumed = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        filter ??= SnapshotFilter.All;
        IReadOnlyList<Snapshot> snapshots = await ReadSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        return RetentionPlanner.Plan(snapshots.Concat(assumed ?? []).Where(filter.Matches), policy, grouping ?? RetentionGrouping.Default, _options.TimeProvider.GetUtcNow());
    }

    /// <summary>
    /// Forgets the snapshots that a policy does not keep, the oldest first, as <see cref="ForgetAsync(SnapshotId, string, CancellationToken)"/> does with one: their data goes with the next <see cref="PruneAsync"/>.
    /// </summary>
    /// <param name="policy">The rules; a snapshot is kept if any asks for it.</param>
    /// <param name="filter">The snapshots that the policy is for; <see langword="null"/> for all.</param>
    /// <param name="grouping">What snapshots share that are looked at together; <see langword="null"/> for <see cref="RetentionGrouping.Default"/>, host and paths.</param>
    /// <param name="cancellationToken">Ends the call early; what was forgotten until then stays so.</param>
    /// <returns>What was kept and what forgotten, as <see cref="PlanRetentionAsync"/> tells it beforehand.</returns>
    /// <exception cref="ArgumentException">The policy has no rule and would forget everything.</exception>
    /// <exception cref="InvalidOperationException">The rules would keep no snapshot of a group, which is hardly meant: nothing was forgotten.</exception>
    public async Task<RetentionPlan> ApplyRetentionAsync(
        RetentionPolicy policy, SnapshotFilter? filter = null, RetentionGrouping? grouping = null, CancellationToken cancellationToken = default)
    {
        RetentionPlan plan = await PlanRetentionAsync(policy, filter, grouping, assumed: null, cancellationToken).ConfigureAwait(false);
        if (plan.Groups.FirstOrDefault(static group => !group.KeepsAny) is { } none)
        {
            throw new InvalidOperationException(
                $"{Location}: the rules '{policy}' would keep none of {none.Decisions.Count} snapshots{(none.Key.ToString() is { Length: > 0 } key ? $" of {key}" : "")}; "
                + "nothing was forgotten: add a rule such as Last = 1, or forget them one by one");
        }

        foreach (Snapshot snapshot in plan.Forgotten.OrderBy(static snapshot => snapshot.Time))
        {
            try
            {
                await ForgetAsync(snapshot.Id, policy.ToString(), cancellationToken).ConfigureAwait(false);
            }
            catch (SnapshotNotFoundException)
            {
                // It was there a moment ago: somebody else did what was wanted, and the record names who.
            }
        }

        return plan;
    }
}
