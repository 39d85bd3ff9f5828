using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>What the scan of the source met next: an entry, or the end of the directory that is open.</summary>
internal readonly record struct ScanStep
{
    /// <summary>The end of a directory.</summary>
    public static ScanStep End => default;

    /// <summary>Whether a directory ends here; nothing else is told then.</summary>
    public bool IsEnd => Metadata is null && Failure is null;

    public EntryName Name { get; init; }

    /// <summary>What the file system told of the entry; <see langword="null"/> when it could not be looked at.</summary>
    public NodeMetadata? Metadata { get; init; }

    /// <summary>A moment after the entry was looked at, and before anything else of it was: nanoseconds since 1970-01-01 UTC.</summary>
    public long LookedNs { get; init; }

    /// <summary>A directory, open; what is in it follows, up to its end. <see langword="null"/> for everything else.</summary>
    public ISourceDirectory? Source { get; init; }

    /// <summary>Why the entry could not be looked at, or the directory not be listed.</summary>
    public SourceException? Failure { get; init; }
}
