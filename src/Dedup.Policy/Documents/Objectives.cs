namespace Dedup.Policy.Documents;

/// <summary>What a loss may cost.</summary>
/// <param name="LargestLoss">RPO: how old the last good backup may be; <see langword="null"/> where nothing is asked.</param>
/// <param name="LongestRecovery">RTO: how long a whole restore may take; <see langword="null"/> where nothing is asked.</param>
public sealed record Objectives(TimeSpan? LargestLoss, TimeSpan? LongestRecovery);
