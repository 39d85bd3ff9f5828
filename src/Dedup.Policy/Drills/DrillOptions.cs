using Dedup.Policy.Sources;
using Dedup.Snapshots;

namespace Dedup.Policy.Drills;

/// <summary>What a drill restores, and how it judges what it restored.</summary>
public sealed record DrillOptions
{
    /// <summary>The snapshot: <c>latest</c>, an id, or the beginning of one.</summary>
    public string Snapshot { get; init; } = "latest";

    /// <summary>Which snapshots <c>latest</c> is the newest of.</summary>
    public SnapshotFilter Filter { get; init; } = SnapshotFilter.All;

    /// <summary>How much of it; <see langword="null"/> for everything.</summary>
    public DrillSample? Sample { get; init; }

    /// <summary>What the draw comes from: with the same seed a snapshot gives the same sample.</summary>
    public long Seed { get; init; }

    /// <summary>The folder in which the scratch folder is made; <see langword="null"/> for the system's folder of temporary files.</summary>
    public string? ScratchParent { get; init; }

    /// <summary>What the place that is restored from is called in the report, such as <c>primary</c> or <c>replica offsite</c>; <see langword="null"/> for its location.</summary>
    public string? Place { get; init; }

    /// <summary>The label, or the beginning of the id, of the key slot that must have opened the repository; <see langword="null"/> for any.</summary>
    public string? KeySlot { get; init; }

    /// <summary>What the snapshot is; <see langword="null"/> for what its tags say.</summary>
    public SourceKind? Kind { get; init; }

    /// <summary>The recovery time that is allowed; <see langword="null"/> when none is set.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>The user's checks, run one after another on the restored folder.</summary>
    public IReadOnlyList<DrillCommand> Commands { get; init; } = [];

    /// <summary>How PostgreSQL is run.</summary>
    public PostgreSqlDrillOptions PostgreSql { get; init; } = new();

    /// <summary>The Git program.</summary>
    public string GitProgram { get; init; } = "git";
}
