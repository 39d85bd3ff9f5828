namespace Dedup.Catalogue;

/// <summary>What the ledger remembers of a pack.</summary>
/// <param name="VerifiedNs">When it was last read whole and found whole: nanoseconds since 1970-01-01 UTC; 0 for never.</param>
/// <param name="IsDamaged">Whether it was found damaged since, so that it is read again whatever its age.</param>
internal readonly record struct Verification(long VerifiedNs, bool IsDamaged)
{
    /// <summary>When it was last found whole; never, when that is later than now: a clock was wrong, then or today.</summary>
    public long? VerifiedBefore(long nowNs) => VerifiedNs > 0 && VerifiedNs <= nowNs && !IsDamaged ? VerifiedNs : null;
}
