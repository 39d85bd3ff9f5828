using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Documents;

/// <summary>How a restore is proved: the newest snapshot is restored into a scratch place, verified and removed again.</summary>
public sealed record DrillPolicy
{
    /// <summary>When.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>The share of the files that is restored, picked at random, above 0 and up to 1: all.</summary>
    public double Sample { get; init; } = 1;

    /// <summary>The name of the replica that is restored from; <see langword="null"/> for the repository itself.</summary>
    public string? Replica { get; init; }

    /// <summary>The folder that a scratch folder is made in; <see langword="null"/> for the machine's temporary folder.</summary>
    public string? ScratchDirectory { get; init; }

    /// <summary>Commands that must succeed on what was restored, whose folder is their current one, their last argument and in DEDUP_DRILL_FOLDER.</summary>
    public IReadOnlyList<CommandWords> Checks { get; init; } = [];

    /// <summary>Queries that a restored PostgreSQL database must answer, and not with false.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];
}
