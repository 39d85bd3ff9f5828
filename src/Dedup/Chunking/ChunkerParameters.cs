using System.Numerics;

namespace Dedup.Chunking;

/// <summary>How long the chunks of a repository are. Fixed at its creation: two sets of parameters cut differently.</summary>
internal sealed record ChunkerParameters
{
    /// <summary>
    /// The smallest target. Below <see cref="CandidateScanner.Reach"/> the offset after an anchor could not reach every
    /// byte, so cuts would gather near anchors and tell where those are.
    /// </summary>
    public const int MinTargetLength = CandidateScanner.Reach;

    /// <summary>The largest target.</summary>
    public const int MaxTargetLength = 1 << 26;

    /// <summary>The average that a repository gets unless told otherwise.</summary>
    public const int DefaultAverageLength = 512 << 10;

    /// <summary>Takes three powers of two, in bytes.</summary>
    /// <exception cref="ArgumentException">One is no power of two or outside its bounds, or the minimum exceeds the maximum.</exception>
    public ChunkerParameters(int minLength, int targetLength, int maxLength)
    {
        Validate(minLength, Limits.MinChunkLength, Limits.MaxChunkLength, "minimum", nameof(minLength));
        Validate(maxLength, Limits.MinChunkLength, Limits.MaxChunkLength, "maximum", nameof(maxLength));
        Validate(targetLength, MinTargetLength, MaxTargetLength, "target", nameof(targetLength));
        if (minLength > maxLength)
        {
            throw new ArgumentException(
                $"The minimum chunk length ({minLength} bytes) exceeds the maximum ({maxLength} bytes); lower it or raise the other.",
                nameof(minLength));
        }

        MinLength = minLength;
        TargetLength = targetLength;
        MaxLength = maxLength;
    }

    /// <summary>A minimum and target of 256 KiB each, hence an average of 512 KiB, and a maximum of 2 MiB.</summary>
    public static ChunkerParameters Default { get; } = FromAverage(DefaultAverageLength);

    /// <summary>The shortest chunk in bytes; only the last chunk of a stream may be shorter.</summary>
    public int MinLength { get; }

    /// <summary>The mean distance T, in bytes, from the minimum to the cut: each byte is a candidate with probability 1/T.</summary>
    public int TargetLength { get; }

    /// <summary>The longest chunk in bytes.</summary>
    public int MaxLength { get; }

    /// <summary>The usual proportions: minimum and target are half the average, the maximum four times it.</summary>
    /// <param name="averageBytes">A power of two from 16 KiB to 16 MiB.</param>
    /// <exception cref="ArgumentException">The average is no power of two or outside its bounds.</exception>
    public static ChunkerParameters FromAverage(int averageBytes)
    {
        Validate(averageBytes, Limits.MinChunkLength * 2, Limits.MaxChunkLength / 4, "average", nameof(averageBytes));
        return new ChunkerParameters(averageBytes / 2, averageBytes / 2, averageBytes * 4);
    }

    private static void Validate(int length, int least, int most, string role, string parameterName)
    {
        if (length < least || length > most || !BitOperations.IsPow2(length))
        {
            throw new ArgumentException(
                $"The {role} chunk length is {length} bytes; it must be a power of two from {least} to {most}.",
                parameterName);
        }
    }
}
