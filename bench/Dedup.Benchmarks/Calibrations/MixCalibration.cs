using System.Runtime.InteropServices;

namespace Dedup.Benchmarks;

/// <summary>
/// Mixes bytes by multiplication and rotation, in four lanes that do not wait for each other: what a part scales with that keeps the processor's units busy. SHA-256 does
/// not: it has instructions of its own, which newer processors run faster out of proportion.
/// </summary>
/// <param name="length">How many bytes are mixed a run.</param>
internal sealed class MixCalibration(int length) : Workload
{
    private const int BlockLength = 256 << 10;

    private readonly byte[] _data = SyntheticData.Make(DataKind.Random, BlockLength, seed: 39);
    private ulong _sum = 1;

    public override void Run()
    {
        for (int left = length; left > 0; left -= BlockLength)
        {
            _sum = Mix(_sum, MemoryMarshal.Cast<byte, ulong>(_data.AsSpan(0, Math.Min(left, BlockLength))));
        }
    }

    private static ulong Mix(ulong seed, ReadOnlySpan<ulong> words)
    {
        ulong a = seed, b = 2, c = 3, d = 4;
        for (int i = 0; i + 4 <= words.Length; i += 4)
        {
            a = unchecked(ulong.RotateLeft(a ^ words[i], 23) * 0x9E3779B97F4A7C15);
            b = unchecked(ulong.RotateLeft(b ^ words[i + 1], 29) * 0x9E3779B97F4A7C15);
            c = unchecked(ulong.RotateLeft(c ^ words[i + 2], 31) * 0x9E3779B97F4A7C15);
            d = unchecked(ulong.RotateLeft(d ^ words[i + 3], 37) * 0x9E3779B97F4A7C15);
        }

        return a ^ b ^ c ^ d;
    }
}
