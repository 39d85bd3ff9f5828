namespace Dedup.Maintenance;

/// <summary>A part of a repository's packs: one of several fixed parts by the packs' ids, or so much of all.</summary>
public sealed record PackSubset
{
    private PackSubset()
    {
    }

    /// <summary>Whether chance decides which packs these are, unless they are read by age.</summary>
    public bool IsRandom => Number == 0;

    /// <summary>Which of the fixed parts, from 1; 0 when it is a share or size.</summary>
    internal int Number { get; private init; }

    /// <summary>Into how many fixed parts the packs fall.</summary>
    internal int Count { get; private init; }

    /// <summary>The share of all packs' bytes, above 0 and up to 1; <see langword="null"/> when it is something else.</summary>
    internal double? OfAll { get; private init; }

    /// <summary>How many bytes at most; <see langword="null"/> when it is something else.</summary>
    internal long? MaxBytes { get; private init; }

    /// <summary>One of several fixed parts: a check of each covers every pack.</summary>
    /// <param name="number">Which part, from 1.</param>
    /// <param name="count">How many parts there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public static PackSubset Part(int number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        return new PackSubset { Number = number, Count = count };
    }

    /// <summary>Whole packs up to a share of the bytes of all.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no such share.</exception>
    public static PackSubset Share(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new PackSubset { OfAll = share };
    }

    /// <summary>Whole packs up to a size.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public static PackSubset Size(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new PackSubset { MaxBytes = bytes };
    }
}
