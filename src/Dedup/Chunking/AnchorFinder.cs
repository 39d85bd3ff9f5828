using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dedup.Chunking;

/// <summary>
/// Finds anchors: raw hits with no raw hit among the 16 positions before. On even data one byte in 82 is one, and never
/// more than one in 17, so crafted data cannot make the keyed function expensive. Anchors depend on no key.
/// </summary>
internal static class AnchorFinder
{
    /// <summary>The first position of a stream that can be a raw hit: a whole window of the keyed function ends there.</summary>
    public const int FirstPosition = AnchorPrf.WindowLength - 1;

    /// <summary>How many positions before an anchor are free of raw hits.</summary>
    public const int Isolation = 16;

    /// <summary>What <see cref="Find"/> may write beyond the anchors it returns, so that it need not branch on their number.</summary>
    private const int Slack = MaxPerMask;

    /// <summary>64 positions hold at most four anchors, 17 apart.</summary>
    private const int MaxPerMask = 4;

    /// <summary>How long the destination of <see cref="Find"/> must be for so many positions.</summary>
    public static int DestinationLength(int positions) => (positions / (Isolation + 1)) + 1 + Slack;

    /// <summary>How many masks <see cref="Find"/> needs for so many positions.</summary>
    public static int MaskLength(int positions) => (positions + 63) / 64;

    /// <summary>Finds the anchors at positions from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <param name="kernel">A supported kernel.</param>
    /// <param name="data">Its start is taken for the stream's: positions below <see cref="FirstPosition"/> are no hits.</param>
    /// <param name="start">At least <see cref="FirstPosition"/>. From <see cref="FirstPosition"/> + <see cref="Isolation"/> on
    /// it does not matter whether the data starts with the stream or later.</param>
    /// <param name="end">At most the data's length.</param>
    /// <param name="masks">Scratch of <see cref="MaskLength"/>.</param>
    /// <param name="anchors">Receives indices into the data, ascending; has <see cref="DestinationLength"/>.</param>
    /// <returns>The number of anchors.</returns>
    public static int Find(
        RawHitKernel kernel, ReadOnlySpan<byte> data, int start, int end, Span<ulong> masks, Span<int> anchors)
    {
        int positions = end - start;
        masks = masks[..MaskLength(positions)];
        int whole = positions / 64;
        RawHitScanner.Scan(kernel, data, start, masks[..whole]);
        if (whole < masks.Length)
        {
            masks[whole] = RawHitScanner.ScanFew(data, start + (whole * 64), positions % 64);
        }

        int warmUp = Math.Min(Isolation, start - FirstPosition);
        ulong before = warmUp == 0 ? 0 : RawHitScanner.ScanFew(data, start - warmUp, warmUp) << (64 - warmUp);
        ArgumentOutOfRangeException.ThrowIfLessThan(anchors.Length, DestinationLength(positions), nameof(anchors));
        return Isolate(masks, before, start, anchors);
    }

    /// <param name="masks">Raw hits, 64 positions a mask.</param>
    /// <param name="before">The raw hits of the 64 positions before; only the upper 16 bits matter.</param>
    /// <param name="start">The position of the first mask's first bit.</param>
    /// <param name="anchors">Receives the positions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Isolate(ReadOnlySpan<ulong> masks, ulong before, int start, Span<int> anchors)
    {
        ref int destination = ref MemoryMarshal.GetReference(anchors);
        nint count = 0;
        for (int i = 0; i < masks.Length; i++)
        {
            ulong raw = masks[i];

            // What lies within 16 after a hit: bits 1 to 16 above each hit of this mask, and the first bits up to 16 above
            // the last hit of the mask before.
            ulong near = raw | (raw << 1);
            near |= near << 2;
            near |= near << 4;
            near |= near << 8;
            ulong carried = (1UL << (64 - BitOperations.LeadingZeroCount(before >> (64 - Isolation)))) - 1;
            ulong isolated = raw & ~((near << 1) | carried);
            before = raw;

            // A branch on the number of anchors would be mispredicted at every other mask: write four, keep what counts.
            ref int next = ref Unsafe.Add(ref destination, count);
            count += BitOperations.PopCount(isolated);
            for (int j = 0; j < MaxPerMask; j++)
            {
                Unsafe.Add(ref next, j) = unchecked(start + BitOperations.TrailingZeroCount(isolated));
                isolated &= unchecked(isolated - 1);
            }

            start = unchecked(start + 64);
        }

        return (int)count;
    }
}
