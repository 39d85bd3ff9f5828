using System.Runtime.InteropServices;

namespace Dedup.Benchmarks;

/// <summary>Compresses with the zstd library itself: what compression at its levels scales with.</summary>
/// <remarks>The binding is this class's own: see <see cref="Lz4Calibration"/>.</remarks>
internal sealed unsafe partial class ZstdCalibration : Workload
{
    private const int BlockLength = 512 << 10;

    private readonly byte[] _source;
    private readonly byte[] _target = new byte[2 * BlockLength];
    private readonly nint _context = ZSTD_createCCtx();
    private readonly int _level;
    private readonly int _length;

    /// <param name="level">zstd's level.</param>
    /// <param name="kind">What is compressed.</param>
    /// <param name="length">How many bytes are compressed a run.</param>
    public ZstdCalibration(int level, DataKind kind, int length)
    {
        _level = level;
        _source = SyntheticData.Make(kind, BlockLength, seed: 35);
        _length = length;
    }

    public override void Run()
    {
        fixed (byte* source = _source, target = _target)
        {
            for (int left = _length; left > 0; left -= BlockLength)
            {
                if (ZSTD_isError(ZSTD_compressCCtx(_context, target, (nuint)_target.Length, source, BlockLength, _level)) != 0)
                {
                    throw new InvalidOperationException("zstd failed.");
                }
            }
        }
    }

    protected override void Free() => _ = ZSTD_freeCCtx(_context);

    [LibraryImport("libzstd.so.1")]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport("libzstd.so.1")]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport("libzstd.so.1")]
    private static partial nuint ZSTD_compressCCtx(nint context, byte* target, nuint targetLength, byte* source, nuint sourceLength, int level);

    [LibraryImport("libzstd.so.1")]
    private static partial uint ZSTD_isError(nuint code);
}
