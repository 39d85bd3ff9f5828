using Dedup.Policy.Documents;

namespace Dedup.Policy.Reading;

/// <summary>What came of reading a policy.</summary>
/// <param name="Policy">The policy; <see langword="null"/> where there is a mistake.</param>
/// <param name="Mistakes">All mistakes and warnings, by line and column.</param>
public sealed record PolicyReading(BackupPolicy? Policy, IReadOnlyList<PolicyMistake> Mistakes)
{
    /// <summary>Whether nothing is wrong, not even a warning.</summary>
    public bool IsClean => Mistakes.Count == 0;
}
