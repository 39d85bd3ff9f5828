using Dedup.Native;

namespace Dedup.Compression;

/// <summary>Compresses blobs with one codec, or finds cheaply that it does not pay. For one thread at a time; calls
/// allocate nothing.</summary>
internal sealed class BlobCompressor : IDisposable
{
    // Acceleration 1: at 4, LZ4 is a fifth faster and its output a tenth larger, and sealing and storing that tenth
    // costs more than was won.
    private const int Lz4Acceleration = 1;

    private readonly Lz4.Compressor? _lz4;
    private readonly Zstd.Compressor? _zstd;
    private readonly ZstdProbe? _probe;

    /// <summary>Creates the working memory of the codec: 16 KiB for LZ4; for zstd at blobs of 4 MiB about 1 MiB (level 3),
    /// 13 MiB (level 9) and up to 70 MiB (levels 15 to 19).</summary>
    /// <exception cref="MissingLibraryException">The codec's library is not installed.</exception>
    public BlobCompressor(CompressionOptions options)
    {
        switch (options.Codec)
        {
            case BlobCodec.Lz4:
                _lz4 = new Lz4.Compressor();
                break;
            case BlobCodec.Zstd:
                _zstd = new Zstd.Compressor(options.Level);
                _probe = options.Level >= ZstdProbe.LowestLevel ? new ZstdProbe() : null;
                break;
        }
    }

    /// <summary>The room that <see cref="Compress"/> needs, in bytes: less than the plaintext, since a blob that does
    /// not shrink by 1/64 and by 16 bytes is stored as it is. Taking every saving instead gained at most 0.2 % on
    /// archives, images and binaries, and would cost a decompression at each restore.</summary>
    public static int MaxCompressedLength(int plainLength) =>
        Math.Max(0, plainLength - Math.Max(plainLength / 64, 16));

    /// <summary>Compresses one blob.</summary>
    /// <param name="plain">The plaintext.</param>
    /// <param name="destination">At least <see cref="MaxCompressedLength"/> bytes; undefined past what is written.</param>
    /// <param name="written">The length of the compressed form; 0 when there is none.</param>
    /// <returns>The codec used; <see cref="BlobCodec.None"/> when the caller is to store the plaintext itself.</returns>
    public BlobCodec Compress(ReadOnlySpan<byte> plain, Span<byte> destination, out int written)
    {
        int room = MaxCompressedLength(plain.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, room);

        // A destination that ends where it no longer pays makes both encoders give up early.
        destination = destination[..room];
        written = 0;
        if (room == 0)
        {
            return BlobCodec.None;
        }

        if (_lz4 is not null)
        {
            written = _lz4.Compress(plain, destination, Lz4Acceleration);
            return written > 0 ? BlobCodec.Lz4 : BlobCodec.None;
        }

        if (_zstd is null || _probe?.IsIncompressible(plain, destination) == true)
        {
            return BlobCodec.None;
        }

        written = _zstd.Compress(plain, destination);
        return written > 0 ? BlobCodec.Zstd : BlobCodec.None;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _zstd?.Dispose();
        _probe?.Dispose();
    }
}
