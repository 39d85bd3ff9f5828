using Dedup.Native;

namespace Dedup.Compression;

/// <summary>
/// Finds data that zstd would not shrink, for the levels whose search is slow on such data. The low levels skip over it
/// at several GB/s by themselves; from level 4 or 5 on, according to the length, zstd spends a third of its usual time on
/// it. A sample is compressed at level 1 first, and only when that does not shrink the whole is, also at level 1: so an
/// unlucky sample costs time only.
/// </summary>
internal sealed class ZstdProbe : IDisposable
{
    /// <summary>The lowest level for which probing pays.</summary>
    public const int LowestLevel = 4;

    private const int Pieces = 4, MaxSampleLength = 32 << 10, SampleFraction = 16, MinPlainLength = 4 << 10;

    private readonly Zstd.Compressor _fast = new(level: 1);
    private readonly byte[] _sample = new byte[MaxSampleLength];

    /// <summary>Whether the data is not worth compressing; data of less than 4 KiB never is found so, being cheap to try.</summary>
    /// <param name="plain">The data.</param>
    /// <param name="scratch">Overwritten. The data counts as incompressible when level 1 does not fit it in here.</param>
    public bool IsIncompressible(ReadOnlySpan<byte> plain, Span<byte> scratch)
    {
        if (plain.Length < MinPlainLength)
        {
            return false;
        }

        int pieceLength = Math.Min(plain.Length / SampleFraction, MaxSampleLength) / Pieces;
        int stride = (plain.Length - pieceLength) / (Pieces - 1);
        for (int i = 0; i < Pieces; i++)
        {
            plain.Slice(i * stride, pieceLength).CopyTo(_sample.AsSpan(i * pieceLength));
        }

        Span<byte> sample = _sample.AsSpan(0, pieceLength * Pieces);
        int room = BlobCompressor.MaxCompressedLength(sample.Length);
        return _fast.Compress(sample, scratch[..room]) == 0 && _fast.Compress(plain, scratch) == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _fast.Dispose();
}
