using Dedup.Filtering;
using Dedup.Snapshots;

namespace Dedup.Looking;

/// <summary>What is looked for, and where.</summary>
public sealed record FindOptions
{
    /// <summary>
    /// Patterns of which an entry matches one. One without a slash matches names in every directory; one with a slash in its beginning matches paths
    /// from the root, another one the end of paths. Unlike exclusion, a match of a directory is none of what it holds, unless the pattern ends in <c>/**</c>.
    /// </summary>
    public IReadOnlyList<PathPattern> Patterns { get; init; } = [];

    /// <summary>Only entries modified then or later.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Only entries modified then or before.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Only these snapshots; empty for all that <see cref="Filter"/> picks.</summary>
    public IReadOnlyList<SnapshotId> Snapshots { get; init; } = [];

    /// <summary>Only snapshots that it picks.</summary>
    public SnapshotFilter Filter { get; init; } = SnapshotFilter.All;
}
