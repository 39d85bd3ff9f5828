using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dedup.Chunking;

/// <content>The kernel for vectors of 128 bits.</content>
internal static partial class RawHitScanner
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanVector128(ref byte first, Span<ulong> masks)
    {
        // A load at p-3 gives lane k the new half of position p+4k; four loads a byte apart give all positions.
        ref byte newHalf = ref Unsafe.Subtract(ref first, 3);
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = HitBits128(ref newHalf)
                | ((ulong)HitBits128(ref Unsafe.Add(ref newHalf, 16)) << 16)
                | ((ulong)HitBits128(ref Unsafe.Add(ref newHalf, 32)) << 32)
                | ((ulong)HitBits128(ref Unsafe.Add(ref newHalf, 48)) << 48);
            newHalf = ref Unsafe.Add(ref newHalf, 64);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HitBits128(ref byte newHalf)
    {
        // Byte j of each lane becomes the top byte of the hash of its j-th position: then bytes are in order of position.
        Vector128<uint> low = Vector128.ConditionalSelect(
            Vector128.Create(0x0000FF00u), Hash128(ref newHalf, 1) >> 16, Hash128(ref newHalf, 0) >> 24);
        Vector128<uint> high = Vector128.ConditionalSelect(
            Vector128.Create(0xFF000000u), Hash128(ref newHalf, 3), Hash128(ref newHalf, 2) >> 8);
        Vector128<byte> top = Vector128.ConditionalSelect(Vector128.Create(0xFFFF0000u), high, low).AsByte();
        return Vector128.Equals(top & Vector128.Create((byte)0xFC), Vector128<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Hash128(ref byte newHalf, int offset)
    {
        Vector128<uint> older = Vector128.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset - 4)).AsUInt32();
        Vector128<uint> newer = Vector128.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset)).AsUInt32();
        return (older * Vector128.Create(OldMultiplier)) + (newer * Vector128.Create(NewMultiplier)) + Vector128.Create(Addend);
    }
}
