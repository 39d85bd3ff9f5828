using System.Diagnostics.CodeAnalysis;
using K4os.Compression.LZ4;

namespace Dedup.Native;

/// <summary>The LZ4 block format (no frame), by the package K4os.Compression.LZ4. All calls to it stand here.</summary>
internal static class Lz4
{
    // The block of nothing: one token without literals. The package's decoder answers -1 for it, as for a malformed one.
    private static ReadOnlySpan<byte> Nothing => [0];

    /// <summary>Decodes one LZ4 block.</summary>
    /// <returns>The bytes written to <paramref name="plain"/>; negative when the block is malformed or holds more.
    /// Nothing outside of the spans is read or written; on failure what <paramref name="plain"/> holds is undefined.</returns>
    public static int Decompress(ReadOnlySpan<byte> compressed, Span<byte> plain)
    {
        if (compressed.SequenceEqual(Nothing))
        {
            return 0;
        }

        // Without a byte of input or room the package answers 0, which would be that of the block of nothing.
        return compressed.IsEmpty || plain.IsEmpty ? -1 : LZ4Codec.Decode(compressed, plain);
    }

    /// <summary>The encoder, which takes its working memory from a pool of the package.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "liblz4's encoder, whose place this takes, has memory of its own.")]
    internal sealed class Compressor
    {
        /// <summary>Encodes one LZ4 block.</summary>
        /// <param name="plain">What to encode.</param>
        /// <param name="destination">Where to; the encoder gives up when this is full.</param>
        /// <param name="acceleration">1: the package offers no other.</param>
        /// <returns>The bytes written; 0 when they do not fit.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The acceleration is another one.</exception>
        public int Compress(ReadOnlySpan<byte> plain, Span<byte> destination, int acceleration)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(acceleration, 1);
            return Math.Max(0, LZ4Codec.Encode(plain, destination, LZ4Level.L00_FAST));
        }
    }
}
