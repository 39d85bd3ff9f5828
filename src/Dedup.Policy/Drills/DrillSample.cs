namespace Dedup.Policy.Drills;

/// <summary>How much of a snapshot is restored: files drawn at random until they hold that much. A file is drawn whole or not at all.</summary>
/// <param name="Share">A share of all bytes, above 0 and at most 1; <see langword="null"/> when <paramref name="Bytes"/> says it.</param>
/// <param name="Bytes">How many bytes; <see langword="null"/> when <paramref name="Share"/> says it.</param>
public sealed record DrillSample(double? Share, long? Bytes)
{
    /// <summary>A share of all bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most 1.</exception>
    public static DrillSample OfShare(double share) => share is > 0 and <= 1 ? new(share, null) : throw new ArgumentOutOfRangeException(nameof(share));

    /// <summary>A number of bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public static DrillSample OfBytes(long bytes) => bytes > 0 ? new(null, bytes) : throw new ArgumentOutOfRangeException(nameof(bytes));

    /// <summary>How many bytes are wanted of so many.</summary>
    internal long Of(long total) => Bytes ?? (long)Math.Ceiling(total * Share!.Value);
}
