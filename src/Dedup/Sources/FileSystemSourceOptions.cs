namespace Dedup.Sources;

/// <summary>How a <see cref="FileSystemSource"/> walks.</summary>
public sealed record FileSystemSourceOptions
{
    /// <summary>
    /// Whether to leave out what lies on another file system than the path asked for: a directory where another one is mounted is stored empty.
    /// Needed for <c>/</c>, where /proc and /sys are mounted.
    /// </summary>
    public bool OneFileSystem { get; init; }
}
