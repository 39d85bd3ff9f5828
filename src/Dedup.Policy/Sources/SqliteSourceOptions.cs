namespace Dedup.Policy.Sources;

/// <summary>A SQLite database to back up.</summary>
public sealed record SqliteSourceOptions
{
    /// <summary>The database's file.</summary>
    public required string Path { get; init; }

    /// <summary>The folder in which a private copy is made, as large as the database, and removed after the backup; <see langword="null"/> for the system's folder of temporary files.</summary>
    public string? ScratchParent { get; init; }

    /// <summary>How many pages of a database without a write-ahead log are copied at a time; writers get their turn in between.</summary>
    public int PagesPerStep { get; init; } = 4096;

    /// <summary>How often writers may make the copy begin again; after that it is made in one go, and they wait for it.</summary>
    public int MaxRestarts { get; init; } = 5;

    /// <summary>How long to wait for a writer that holds the database.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
