using Dedup.Snapshots;

namespace Dedup.Retention;

/// <summary>What a policy makes of snapshots.</summary>
/// <param name="Groups">By host, then paths, then tags, in ordinal order.</param>
public sealed record RetentionPlan(IReadOnlyList<RetentionGroup> Groups)
{
    /// <summary>The snapshots that stay.</summary>
    public IEnumerable<Snapshot> Kept => Of(keep: true);

    /// <summary>The snapshots that no rule asks for.</summary>
    public IEnumerable<Snapshot> Forgotten => Of(keep: false);

    private IEnumerable<Snapshot> Of(bool keep) =>
        Groups.SelectMany(static group => group.Decisions).Where(decision => decision.Keep == keep).Select(static decision => decision.Snapshot);
}
