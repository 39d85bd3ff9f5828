using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dedup.Chunking;

/// <content>The kernel for vectors of 256 bits.</content>
internal static partial class RawHitScanner
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanVector256(ref byte first, Span<ulong> masks)
    {
        // A load at p-3 gives lane k the new half of position p+4k; four loads a byte apart give all positions.
        ref byte newHalf = ref Unsafe.Subtract(ref first, 3);
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = HitBits256(ref newHalf)
                | ((ulong)HitBits256(ref Unsafe.Add(ref newHalf, Vector256<byte>.Count)) << 32);
            newHalf = ref Unsafe.Add(ref newHalf, 64);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HitBits256(ref byte newHalf)
    {
        // Byte j of each lane becomes the top byte of the hash of its j-th position: then bytes are in order of position.
        Vector256<uint> low = Vector256.ConditionalSelect(
            Vector256.Create(0x0000FF00u), Hash256(ref newHalf, 1) >> 16, Hash256(ref newHalf, 0) >> 24);
        Vector256<uint> high = Vector256.ConditionalSelect(
            Vector256.Create(0xFF000000u), Hash256(ref newHalf, 3), Hash256(ref newHalf, 2) >> 8);
        Vector256<byte> top = Vector256.ConditionalSelect(Vector256.Create(0xFFFF0000u), high, low).AsByte();
        return Vector256.Equals(top & Vector256.Create((byte)0xFC), Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Hash256(ref byte newHalf, int offset)
    {
        Vector256<uint> older = Vector256.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset - 4)).AsUInt32();
        Vector256<uint> newer = Vector256.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset)).AsUInt32();
        return (older * Vector256.Create(OldMultiplier)) + (newer * Vector256.Create(NewMultiplier)) + Vector256.Create(Addend);
    }
}
