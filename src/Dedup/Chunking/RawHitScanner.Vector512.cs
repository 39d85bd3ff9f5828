using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dedup.Chunking;

/// <content>The kernel for vectors of 512 bits.</content>
internal static partial class RawHitScanner
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanVector512(ref byte first, Span<ulong> masks)
    {
        // A load at p-3 gives lane k the new half of position p+4k; four loads a byte apart give all positions. The old
        // half is the new half of the lane before: moving lanes is cheaper than loads that straddle two cache lines.
        ref byte newHalf = ref Unsafe.Subtract(ref first, 3);
        ref byte before = ref Unsafe.Subtract(ref newHalf, 4);
        Vector512<uint> last0 = LastLane512(ref before, 0);
        Vector512<uint> last1 = LastLane512(ref before, 1);
        Vector512<uint> last2 = LastLane512(ref before, 2);
        Vector512<uint> last3 = LastLane512(ref before, 3);
        for (int i = 0; i < masks.Length; i++)
        {
            // Byte j of each lane becomes the top byte of the hash of its j-th position: bytes are in order of position.
            Vector512<uint> low = Vector512.ConditionalSelect(
                Vector512.Create(0x0000FF00u), Hash512(ref newHalf, 1, ref last1) >> 16, Hash512(ref newHalf, 0, ref last0) >> 24);
            Vector512<uint> high = Vector512.ConditionalSelect(
                Vector512.Create(0xFF000000u), Hash512(ref newHalf, 3, ref last3), Hash512(ref newHalf, 2, ref last2) >> 8);
            Vector512<byte> top = Vector512.ConditionalSelect(Vector512.Create(0xFFFF0000u), high, low).AsByte();
            masks[i] = Vector512.Equals(top & Vector512.Create((byte)0xFC), Vector512<byte>.Zero).ExtractMostSignificantBits();
            newHalf = ref Unsafe.Add(ref newHalf, Vector512<byte>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> LastLane512(ref byte before, int offset) =>
        Vector512<uint>.Zero.WithElement(15, Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref before, offset)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Hash512(ref byte newHalf, int offset, ref Vector512<uint> last)
    {
        Vector512<uint> newer = Vector512.LoadUnsafe(ref Unsafe.Add(ref newHalf, offset)).AsUInt32();
        Vector512<uint> older = Avx512F.AlignRight32(newer, last, 15);
        last = newer;
        return (older * Vector512.Create(OldMultiplier)) + (newer * Vector512.Create(NewMultiplier)) + Vector512.Create(Addend);
    }
}
