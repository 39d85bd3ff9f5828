namespace Dedup.Restore;

/// <summary>How a snapshot is restored.</summary>
public sealed record RestoreOptions
{
    /// <summary>A path inside the snapshot, such as <c>/home/ann</c>: what it names is restored, the target taking the place of its parent. <see langword="null"/> for everything.</summary>
    public string? Path { get; init; }
}
