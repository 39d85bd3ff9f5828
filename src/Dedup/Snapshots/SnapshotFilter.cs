namespace Dedup.Snapshots;

/// <summary>Picks snapshots; what is empty or <see langword="null"/> picks all.</summary>
public sealed record SnapshotFilter
{
    /// <summary>Picks all.</summary>
    public static SnapshotFilter All { get; } = new();

    /// <summary>Any of these hosts.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>All of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>All of these paths.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether a snapshot is picked.</summary>
    public bool Matches(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return (Hosts.Count == 0 || Hosts.Contains(snapshot.Host))
            && Tags.All(snapshot.Tags.Contains)
            && Paths.All(snapshot.Paths.Contains);
    }
}
