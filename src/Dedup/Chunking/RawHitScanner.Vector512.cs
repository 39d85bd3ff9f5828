using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dedup.Chunking;

/// <content>The kernel for vectors of 512 bits.</content>
internal static partial class RawHitScanner
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanVector512(ref byte first, Span<ulong> masks)
    {
        // A load at p-3 gives lane k the new half of position p+4k; four loads a byte apart give all positions.
        ref byte newHalf = ref Unsafe.Subtract(ref first, 3);
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = HitBits512(ref newHalf);
            newHalf = ref Unsafe.Add(ref newHalf, Vector512<byte>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HitBits512(ref byte newHalf)
    {
        // Byte j of each lane becomes the top byte of the hash of its j-th position: then bytes are in order of position.
        Vector512<uint> low = Vector512.ConditionalSelect(
            Vector512.Create(0x0000FF00u), Hash512(ref newHalf, 1) >> 16, Hash512(ref newHalf, 0) >> 24);
        Vector512<uint> high = Vector512.ConditionalSelect(
            Vector512.Create(0xFF000000u), Hash512(ref newHalf, 3), Hash512(ref newHalf, 2) >> 8);
        Vector512<byte> top = Vector512.ConditionalSelect(Vector512.Create(0xFFFF0000u), high, low).AsByte();
        return Vector512.Equals(top & Vector512.Create((byte)0xFC), Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Hash512(ref byte newHalf, int offset)
    {
        Vector512<uint> older = Vector512.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset - 4)).AsUInt32();
        Vector512<uint> newer = Vector512.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset)).AsUInt32();
        return (older * Vector512.Create(OldMultiplier)) + (newer * Vector512.Create(NewMultiplier)) + Vector512.Create(Addend);
    }
}
