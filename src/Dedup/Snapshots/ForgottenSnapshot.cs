namespace Dedup.Snapshots;

/// <summary>The record of a snapshot that was forgotten: who did it, when and why. It stays for ever.</summary>
public sealed record ForgottenSnapshot
{
    /// <summary>The snapshot.</summary>
    public required SnapshotId Id { get; init; }

    /// <summary>When the backup had begun, with the client's offset from UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The machine that had been backed up.</summary>
    public required string Host { get; init; }

    /// <summary>What had been backed up.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The snapshot's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When it was forgotten, by the clock of who did it.</summary>
    public required DateTimeOffset ForgottenAt { get; init; }

    /// <summary>The machine on which it was forgotten.</summary>
    public required string ByHost { get; init; }

    /// <summary>The user who forgot it.</summary>
    public required string ByUser { get; init; }

    /// <summary>The program and its version.</summary>
    public string ByProgram { get; init; } = "";

    /// <summary>The rule by which it was forgotten, in words.</summary>
    public required string Rule { get; init; }
}
