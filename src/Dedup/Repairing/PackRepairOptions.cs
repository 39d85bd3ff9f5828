using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>How packs are repaired.</summary>
public sealed record PackRepairOptions
{
    /// <summary>Only find out what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The packs to look at, such as those that a check named; empty for all, which reads all data.</summary>
    public IReadOnlyList<PackId> Packs { get; init; } = [];

    /// <summary>Another store of the same repository, a copy, from which damaged and missing blobs are taken; <see langword="null"/> for none.</summary>
    public IObjectStore? Replica { get; init; }
}
