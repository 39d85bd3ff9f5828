using System.Runtime.InteropServices;

namespace Dedup.Benchmarks;

/// <summary>Decompresses with the zstd library itself: what decompression scales with.</summary>
/// <remarks>The binding is this class's own: see <see cref="Lz4Calibration"/>.</remarks>
internal sealed unsafe partial class ZstdDecodeCalibration : Workload
{
    private const int BlockLength = 512 << 10;

    private readonly byte[] _plain = SyntheticData.Make(DataKind.Text, BlockLength, seed: 36);
    private readonly byte[] _compressed = new byte[2 * BlockLength];
    private readonly nuint _compressedLength;
    private readonly int _length;

    /// <param name="level">zstd's level.</param>
    /// <param name="length">How many bytes are decompressed a run.</param>
    public ZstdDecodeCalibration(int level, int length)
    {
        _length = length;
        fixed (byte* source = _plain, target = _compressed)
        {
            _compressedLength = ZSTD_compress(target, (nuint)_compressed.Length, source, BlockLength, level);
        }
    }

    public override void Run()
    {
        fixed (byte* source = _compressed, target = _plain)
        {
            for (int left = _length; left > 0; left -= BlockLength)
            {
                if (ZSTD_decompress(target, BlockLength, source, _compressedLength) != BlockLength)
                {
                    throw new InvalidOperationException("zstd failed.");
                }
            }
        }
    }

    [LibraryImport("libzstd.so.1")]
    private static partial nuint ZSTD_compress(byte* target, nuint targetLength, byte* source, nuint sourceLength, int level);

    [LibraryImport("libzstd.so.1")]
    private static partial nuint ZSTD_decompress(byte* target, nuint targetLength, byte* source, nuint sourceLength);
}
