namespace Dedup.Evidence;

/// <summary>What a policy promises for one source.</summary>
public sealed record SourceObjectives
{
    /// <summary>What the policy calls it: the same as in <see cref="EvidenceFields.Source"/> of its backups, and as the object of its drills.</summary>
    public required string Name { get; init; }

    /// <summary>What it is: paths, command, sqlite, postgresql, git, image.</summary>
    public string Kind { get; init; } = "";

    /// <summary>When it is backed up, in the policy's own words.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>How long its snapshots are kept, in the policy's own words.</summary>
    public string Retention { get; init; } = "";

    /// <summary>The recovery point objective: how much time of work may be lost at most; <see langword="null"/> for none.</summary>
    public TimeSpan? RecoveryPoint { get; init; }

    /// <summary>The recovery time objective: how long a restore may take at most; <see langword="null"/> for none.</summary>
    public TimeSpan? RecoveryTime { get; init; }

    /// <summary>How often a restore is tried out; <see langword="null"/> for never.</summary>
    public TimeSpan? DrillEvery { get; init; }
}
