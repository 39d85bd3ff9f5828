using Dedup.Evidence;

namespace Dedup.Recording;

/// <summary>How a deed ended.</summary>
/// <param name="Result">How.</param>
/// <param name="Details">What is known of it.</param>
internal sealed record EvidenceOutcome(EvidenceResult Result, EvidenceDetails Details)
{
    /// <summary>What it was done to, where that is known only now; <see langword="null"/> where it was known before.</summary>
    public string? Object { get; init; }
}
