using System.Runtime.InteropServices;

namespace Dedup.Benchmarks;

/// <summary>Decompresses with the LZ4 library itself: what decompression scales with.</summary>
/// <remarks>The binding is this class's own: see <see cref="Lz4Calibration"/>.</remarks>
internal sealed unsafe partial class Lz4DecodeCalibration : Workload
{
    private const int BlockLength = 512 << 10;

    private readonly byte[] _plain = SyntheticData.Make(DataKind.Text, BlockLength, seed: 34);
    private readonly byte[] _compressed = new byte[BlockLength + (BlockLength / 255) + 16];
    private readonly int _compressedLength;
    private readonly int _length;

    /// <param name="length">How many bytes are decompressed a run.</param>
    public Lz4DecodeCalibration(int length)
    {
        _length = length;
        fixed (byte* source = _plain, target = _compressed)
        {
            _compressedLength = LZ4_compress_default(source, target, BlockLength, _compressed.Length);
        }
    }

    public override void Run()
    {
        fixed (byte* source = _compressed, target = _plain)
        {
            for (int left = _length; left > 0; left -= BlockLength)
            {
                if (LZ4_decompress_safe(source, target, _compressedLength, BlockLength) != BlockLength)
                {
                    throw new InvalidOperationException("LZ4 failed.");
                }
            }
        }
    }

    [LibraryImport("liblz4.so.1")]
    private static partial int LZ4_compress_default(byte* source, byte* target, int sourceLength, int targetLength);

    [LibraryImport("liblz4.so.1")]
    private static partial int LZ4_decompress_safe(byte* source, byte* target, int sourceLength, int targetLength);
}
