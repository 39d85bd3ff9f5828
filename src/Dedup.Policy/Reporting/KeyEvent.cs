using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>A key slot that was made, removed or tried.</summary>
/// <param name="Time">When.</param>
/// <param name="Action">What was done; a drill tries the key that it opens the repository with.</param>
/// <param name="Key">The slot: its id, or what it is called.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Actor">Who did it.</param>
public sealed record KeyEvent(DateTimeOffset Time, EvidenceAction Action, string Key, EvidenceResult Result, string Actor);
