using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary>Finds out which snapshots are to be forgotten; changes nothing.</summary>
internal static class ForgetPlanner
{
    /// <summary>The snapshots named.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="names">Ids, their beginnings, or <c>latest</c>; a damaged or missing snapshot by its whole id.</param>
    /// <param name="filter">What <c>latest</c> looks at.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="SnapshotNotFoundException">One of them is not there.</exception>
    public static async Task<ForgetGroup> ByNamesAsync(
        Repository repository, IEnumerable<string> names, SnapshotFilter filter, CancellationToken cancellationToken)
    {
        Dictionary<SnapshotId, RetentionDecision> found = [];
        HashSet<SnapshotId> damaged = [], missing = [];
        foreach (string name in names)
        {
            try
            {
                Snapshot snapshot = await repository.FindSnapshotAsync(name, filter, cancellationToken);
                found[snapshot.Id] = new RetentionDecision(snapshot, Reasons: []);
            }
            catch (CorruptDataException) when (SnapshotId.TryParse(name, out SnapshotId id))
            {
                damaged.Add(id);
            }
            catch (SnapshotNotFoundException) when (SnapshotId.TryParse(name, out SnapshotId id))
            {
                // One that must be there and is not may be given up: otherwise no prune could ever go on.
                if (!(await repository.FindMissingSnapshotsAsync(cancellationToken)).Contains(id))
                {
                    throw;
                }

                missing.Add(id);
            }
        }

        return new ForgetGroup(Key: null, [.. found.Values.OrderByDescending(decision => decision.Snapshot.Time)], [.. damaged], [.. missing]);
    }

    /// <summary>The snapshots that no rule asks for, in their groups.</summary>
    /// <exception cref="CliException">Nothing would stay of a group, and that is not allowed.</exception>
    public static async Task<IReadOnlyList<ForgetGroup>> ByRulesAsync(
        Repository repository, RetentionPolicy policy, RetentionGrouping grouping, SnapshotFilter filter, bool mayKeepNone, CancellationToken cancellationToken)
    {
        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(filter, cancellationToken))
        {
            snapshots.Add(snapshot);
        }

        RetentionPlan plan = RetentionPlanner.Plan(snapshots, policy, grouping, TimeProvider.System.GetUtcNow());
        return !mayKeepNone && plan.Groups.FirstOrDefault(group => !group.KeepsAny) is { } none
            ? throw CliException.Failure(
                $"these rules would keep none of the {none.Decisions.Count} snapshots of {(none.Key.ToString() is { Length: > 0 } key ? key : "this repository")}; "
                + "nothing was forgotten: add a rule such as --keep-last 1, or give --unsafe-allow-remove-all if that is meant")
            : [.. plan.Groups.Select(group => new ForgetGroup(group.Key, group.Decisions, Damaged: [], Missing: []))];
    }
}
