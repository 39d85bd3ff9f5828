using Dedup.Filtering;

namespace Dedup.Verifying;

/// <summary>How a restored folder is compared with its snapshot.</summary>
public sealed record VerificationOptions
{
    /// <summary>Only these entries are in the folder, with the directories that lead to them; <see langword="null"/> for all.</summary>
    public PathSet? Chosen { get; init; }

    /// <summary>How many findings are told at most; the others are counted.</summary>
    public int MaxFindings { get; init; } = 1000;
}
