namespace Dedup.Exporting;

/// <summary>How a snapshot is exported.</summary>
public sealed record ExportOptions
{
    /// <summary>What is written.</summary>
    public ArchiveFormat Format { get; init; }

    /// <summary>A path inside the snapshot, such as <c>/home/ann</c>, for that alone; <see langword="null"/> for everything.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Whether entries have their whole paths from the root of the snapshot. Otherwise they begin below <see cref="Path"/>: the content of a directory, or
    /// anything else by its name.
    /// </summary>
    public bool KeepsWholePaths { get; init; }
}
