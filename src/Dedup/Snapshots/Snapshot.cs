namespace Dedup.Snapshots;

/// <summary>An immutable state of a source at a point in time.</summary>
public sealed record Snapshot
{
    /// <summary>The snapshot's id.</summary>
    public required SnapshotId Id { get; init; }

    /// <summary>When the backup began, with the client's offset from UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The client's time zone as the system names it, such as <c>Europe/Amsterdam</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How long the backup took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The tree of the root directory.</summary>
    public required BlobId Tree { get; init; }

    /// <summary>The machine that was backed up.</summary>
    public required string Host { get; init; }

    /// <summary>The user who ran the backup.</summary>
    public string User { get; init; } = "";

    /// <summary>What was backed up.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Words by which snapshots are told apart.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The program and its version.</summary>
    public string Program { get; init; } = "";

    /// <summary>The snapshot whose unchanged files were taken over; zero when there was none.</summary>
    public SnapshotId Parent { get; init; }

    /// <summary>What the backup found and stored.</summary>
    public BackupStatistics Statistics { get; init; } = new();
}
