using Dedup.Native;

namespace Dedup.Compression;

/// <summary>Decompresses blobs of any codec into buffers of their declared length. For one thread at a time.</summary>
internal sealed class BlobDecompressor : IDisposable
{
    private Zstd.Decompressor? _zstd;

    /// <summary>
    /// Decompresses one blob. Memory use does not depend on the data: whatever it claims, nothing is written outside of
    /// <paramref name="plain"/>, and nothing else is allocated than one context at the first zstd blob.
    /// </summary>
    /// <param name="codec">The codec of the blob.</param>
    /// <param name="compressed">The compressed form, and nothing after it.</param>
    /// <param name="plain">The declared length of the plaintext, in bytes, is this buffer's. On failure its contents are
    /// undefined.</param>
    /// <returns>Whether the data was well formed and filled <paramref name="plain"/> exactly; false also for an unknown
    /// codec, and for zstd that is not one frame with its content size.</returns>
    /// <exception cref="MissingLibraryException">The codec's library is not installed.</exception>
    public bool TryDecompress(BlobCodec codec, ReadOnlySpan<byte> compressed, Span<byte> plain)
    {
        switch (codec)
        {
            case BlobCodec.None:
                return compressed.Length == plain.Length && compressed.TryCopyTo(plain);
            case BlobCodec.Lz4:
                return Lz4.Decompress(compressed, plain) == plain.Length;
            case BlobCodec.Zstd:
                // Most repositories hold no zstd: they do not need its library.
                return Zstd.IsSingleFrame(compressed, plain.Length)
                    && (_zstd ??= new Zstd.Decompressor()).Decompress(compressed, plain) == plain.Length;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zstd?.Dispose();
}
