namespace Dedup.Policy.Reporting;

/// <summary>What was read back of the stored data.</summary>
/// <param name="Checks">Checks in the period.</param>
/// <param name="ChecksWithDamage">Those that found damage, or failed.</param>
/// <param name="BytesRead">Bytes that were read whole in the period.</param>
/// <param name="PacksNeverRead">Packs never read, after the last check; <see langword="null"/> when there was none.</param>
/// <param name="OldestRead">When the data was read that was not for longest, after the last check; <see langword="null"/> when that is not known.</param>
/// <param name="OldestAge">How long before the end of the period that was.</param>
/// <param name="ReadWithin">Within which time all is to be read again; <see langword="null"/> when the policy does not say.</param>
public sealed record ReadingState(
    int Checks, int ChecksWithDamage, long BytesRead, long? PacksNeverRead, DateTimeOffset? OldestRead, TimeSpan? OldestAge, TimeSpan? ReadWithin)
{
    /// <summary>Whether all was read in time; <see langword="null"/> when nothing was promised.</summary>
    public bool? IsWithin => ReadWithin is { } within ? PacksNeverRead == 0 && OldestAge is { } age && age <= within : null;
}
