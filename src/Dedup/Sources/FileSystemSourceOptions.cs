using Dedup.Filtering;

namespace Dedup.Sources;

/// <summary>How a <see cref="FileSystemSource"/> walks.</summary>
public sealed record FileSystemSourceOptions
{
    /// <summary>
    /// Whether to leave out what lies on another file system than the path asked for: a directory where another one is mounted is stored empty.
    /// </summary>
    public bool OneFileSystem { get; init; }

    /// <summary>What to leave out, by its absolute path. It is not opened, and a directory that is left out is not walked.</summary>
    public PathPatterns Excludes { get; init; } = PathPatterns.None;

    /// <summary>Files that mark the directory they lie in as one whose other content is left out.</summary>
    public IReadOnlyList<DirectoryMarker> Markers { get; init; } = [];

    /// <summary>The longest file that is not left out, in bytes; <see langword="null"/> for files of any length.</summary>
    public long? LargestFile { get; init; }

    /// <summary>
    /// Whether block devices and named pipes are read and stored as files, rather than as what they are. Of symbolic links, those that are
    /// named themselves are followed to such an entry.
    /// </summary>
    public bool ReadSpecial { get; init; }

    /// <summary>Ends the wait for the writer of a named pipe.</summary>
    public CancellationToken CancellationToken { get; init; }
}
