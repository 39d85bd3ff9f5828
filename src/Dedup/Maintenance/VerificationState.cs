namespace Dedup.Maintenance;

/// <summary>What of a repository this machine has read whole and when, after a check. Another machine's checks do not count.</summary>
/// <param name="Period">The time within which a pack counts as verified: <see cref="CheckOptions.OlderThan"/>; <see langword="null"/> for ever.</param>
/// <param name="UnverifiedPacks">How many packs were not read and found whole within the period.</param>
/// <param name="UnverifiedBytes">Their length.</param>
/// <param name="NeverVerifiedPacks">How many packs never were, or were found damaged since.</param>
/// <param name="OldestVerification">When the pack that was found whole longest ago was; <see langword="null"/> when none ever was.</param>
/// <param name="OldestAge">How long ago that is.</param>
public sealed record VerificationState(
    TimeSpan? Period, long UnverifiedPacks, long UnverifiedBytes, long NeverVerifiedPacks, DateTimeOffset? OldestVerification, TimeSpan? OldestAge);
