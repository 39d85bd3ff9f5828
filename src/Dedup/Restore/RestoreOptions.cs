namespace Dedup.Restore;

/// <summary>How a snapshot is restored.</summary>
public sealed record RestoreOptions
{
    /// <summary>A path inside the snapshot, such as <c>/home/ann</c>: a directory's entries are restored into the target, anything else is restored there by its name. <see langword="null"/> for everything.</summary>
    public string? Path { get; init; }
}
