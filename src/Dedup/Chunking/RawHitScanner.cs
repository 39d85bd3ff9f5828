using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dedup.Chunking;

/// <summary>
/// Finds raw hits: positions p where the public hash
/// <c>LE32(b[p-7..p-4]) * 0x9E3779B1 + LE32(b[p-3..p]) * 0x85EBCA6B + 0x27D4EB2F (mod 2^32)</c> has six leading zero bits.
/// </summary>
/// <remarks>
/// The multipliers are odd constants of golden-ratio and MurmurHash3 fame: nothing depends on them but an even spread of
/// the top bits. The addend keeps runs of zeros from being hits everywhere. The hash needs no secrecy: the keyed function
/// decides where after an anchor a cut lies. The kernels are compiled with all optimisations at their first call, since one
/// call scans a whole block and would else run long before it is found to be hot.
/// </remarks>
internal static partial class RawHitScanner
{
    /// <summary>How many bytes before a position its hash reads.</summary>
    public const int LookBehind = 7;

    private const uint OldMultiplier = 0x9E3779B1;
    private const uint NewMultiplier = 0x85EBCA6B;
    private const uint Addend = 0x27D4EB2F;
    private const int HitShift = 26;

    /// <summary>The fastest kernel this processor runs in hardware.</summary>
    public static RawHitKernel Best { get; } =
        IsSupported(RawHitKernel.Vector512) ? RawHitKernel.Vector512
        : IsSupported(RawHitKernel.Vector256) ? RawHitKernel.Vector256
        : IsSupported(RawHitKernel.Vector128) ? RawHitKernel.Vector128
        : RawHitKernel.Scalar;

    /// <summary>Whether this processor runs a kernel in hardware. The vector kernels take the machine's byte order as little-endian.</summary>
    public static bool IsSupported(RawHitKernel kernel) => kernel switch
    {
        RawHitKernel.Vector512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && BitConverter.IsLittleEndian,
        RawHitKernel.Vector256 => Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian,
        RawHitKernel.Vector128 => Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian,
        _ => true,
    };

    /// <summary>Sets bit j of mask i iff position <paramref name="start"/> + 64 i + j is a raw hit.</summary>
    /// <param name="kernel">A supported kernel.</param>
    /// <param name="data">Holds all positions asked for.</param>
    /// <param name="start">The first position, at least <see cref="LookBehind"/>.</param>
    /// <param name="masks">One mask for 64 positions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside the data, or too near its start.</exception>
    public static void Scan(RawHitKernel kernel, ReadOnlySpan<byte> data, int start, Span<ulong> masks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, LookBehind);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + ((long)masks.Length * 64), data.Length, nameof(masks));
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), start);
        switch (kernel)
        {
            case RawHitKernel.Vector512:
                ScanVector512(ref first, masks);
                break;
            case RawHitKernel.Vector256:
                ScanVector256(ref first, masks);
                break;
            case RawHitKernel.Vector128:
                ScanVector128(ref first, masks);
                break;
            default:
                ScanScalar(ref first, masks);
                break;
        }
    }

    /// <summary>The same for the last positions of a buffer, fewer than 64, and for warming up.</summary>
    /// <returns>Bit j is set iff position <paramref name="start"/> + j is a raw hit.</returns>
    public static ulong ScanFew(ReadOnlySpan<byte> data, int start, int count)
    {
        ulong mask = 0;
        for (int j = 0; j < count; j++)
        {
            mask |= HitBit(BinaryPrimitives.ReadUInt64LittleEndian(data[(start + j - LookBehind)..])) << j;
        }

        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanScalar(ref byte first, Span<ulong> masks)
    {
        ref byte window = ref Unsafe.Subtract(ref first, LookBehind);
        for (int i = 0; i < masks.Length; i++)
        {
            ulong mask = 0;
            for (int j = 0; j < 64; j++)
            {
                ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref window, j));
                mask |= HitBit(BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight)) << j;
            }

            masks[i] = mask;
            window = ref Unsafe.Add(ref window, 64);
        }
    }

    /// <summary>1 iff the eight bytes up to a position, read little-endian, make it a raw hit; else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HitBit(ulong eight)
    {
        uint hash = unchecked(((uint)eight * OldMultiplier) + ((uint)(eight >> 32) * NewMultiplier) + Addend);
        return (hash >> HitShift) == 0 ? 1UL : 0UL;
    }
}
