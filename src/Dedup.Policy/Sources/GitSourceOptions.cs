namespace Dedup.Policy.Sources;

/// <summary>A Git repository to back up.</summary>
public sealed record GitSourceOptions
{
    /// <summary>The repository: a folder with a working tree, or a bare one.</summary>
    public required string Path { get; init; }

    /// <summary>The Git program.</summary>
    public string Program { get; init; } = "git";
}
