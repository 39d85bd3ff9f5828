using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>How often something was done.</summary>
/// <param name="Action">What.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Count">How often.</param>
public sealed record ActionCount(EvidenceAction Action, EvidenceResult Result, int Count);
