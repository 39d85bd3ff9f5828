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
        return Matches(snapshot.Host, snapshot.Tags, snapshot.Paths);
    }

    /// <summary>Whether a snapshot that was forgotten was one that is picked. One that was damaged had no host, tag or path.</summary>
    public bool Matches(ForgottenSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Matches(snapshot.Host, snapshot.Tags, snapshot.Paths);
    }

    private bool Matches(string host, IReadOnlyList<string> tags, IReadOnlyList<string> paths) =>
        (Hosts.Count == 0 || Hosts.Contains(host)) && Tags.All(tags.Contains) && Paths.All(paths.Contains);
}
