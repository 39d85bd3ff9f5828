using System.Runtime.InteropServices;

namespace Dedup.Benchmarks;

/// <summary>Compresses with the LZ4 library itself: what compression scales with.</summary>
/// <remarks>The binding is this class's own, so that a slower one in the engine does not slow the calibration too.</remarks>
internal sealed unsafe partial class Lz4Calibration : Workload
{
    private const int BlockLength = 512 << 10;

    private readonly byte[] _source;
    private readonly byte[] _target = new byte[BlockLength + (BlockLength / 255) + 16];
    private readonly int _length;

    /// <param name="kind">What is compressed.</param>
    /// <param name="length">How many bytes are compressed a run.</param>
    public Lz4Calibration(DataKind kind, int length)
    {
        _source = SyntheticData.Make(kind, BlockLength, seed: 33);
        _length = length;
    }

    public override void Run()
    {
        fixed (byte* source = _source, target = _target)
        {
            for (int left = _length; left > 0; left -= BlockLength)
            {
                if (LZ4_compress_default(source, target, Math.Min(left, BlockLength), _target.Length) <= 0)
                {
                    throw new InvalidOperationException("LZ4 failed.");
                }
            }
        }
    }

    [LibraryImport("liblz4.so.1")]
    private static partial int LZ4_compress_default(byte* source, byte* target, int sourceLength, int targetLength);
}
