namespace Dedup.Policy.Drills;

/// <summary>How a drill runs PostgreSQL on what was restored.</summary>
public sealed record PostgreSqlDrillOptions
{
    /// <summary>The folder of PostgreSQL's programs; <see langword="null"/> to look where Debian puts them, then in <c>PATH</c>.</summary>
    public string? Programs { get; init; }

    /// <summary>The user as whom the server runs when the drill is run by root, who may not run one.</summary>
    public string RunAs { get; init; } = "postgres";

    /// <summary>A superuser of the cluster that was backed up, to ask questions as; only for base backups.</summary>
    public string Superuser { get; init; } = "postgres";

    /// <summary>Questions to the restored data: each must succeed, and no row's first column may be false.</summary>
    public IReadOnlyList<PostgreSqlQuery> Queries { get; init; } = [];

    /// <summary>How long the server may take to start, with the recovery of what was being written during the backup.</summary>
    public TimeSpan StartTimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
