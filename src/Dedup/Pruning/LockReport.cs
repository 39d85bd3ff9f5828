namespace Dedup.Pruning;

/// <summary>What a locking did.</summary>
public sealed record LockReport
{
    /// <summary>Snapshots locked anew.</summary>
    public required long Snapshots { get; init; }

    /// <summary>Packs that these need, locked anew.</summary>
    public required long Packs { get; init; }

    /// <summary>Index segments locked anew: all there are.</summary>
    public required long Segments { get; init; }

    /// <summary>
    /// Until when all of them are locked at least, by the store's own clock; <see langword="null"/> when the store locks nothing, or holds no snapshot.
    /// </summary>
    public required DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Snapshots that are damaged, missing, or whose directories cannot be read: what they need is not known to be locked. One line each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
