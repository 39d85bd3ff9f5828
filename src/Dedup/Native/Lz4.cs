using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>The LZ4 block format (no frame), bound to liblz4 1.9. All calls to that library stand here.</summary>
internal static unsafe partial class Lz4
{
    static Lz4() => NativeLibraryResolver.Register();

    /// <summary>Decodes one LZ4 block.</summary>
    /// <returns>The bytes written to <paramref name="plain"/>; negative when the block is malformed or holds more.
    /// Nothing outside of the spans is read or written; on failure what <paramref name="plain"/> holds is undefined.</returns>
    public static int Decompress(ReadOnlySpan<byte> compressed, Span<byte> plain)
    {
        fixed (byte* source = compressed, target = plain)
        {
            return LZ4_decompress_safe(source, target, compressed.Length, plain.Length);
        }
    }

    [LibraryImport(NativeLibraryResolver.Lz4)]
    private static partial int LZ4_sizeofState();

    [LibraryImport(NativeLibraryResolver.Lz4)]
    private static partial int LZ4_compress_fast_extState(
        byte* state, byte* source, byte* target, int sourceLength, int targetLength, int acceleration);

    [LibraryImport(NativeLibraryResolver.Lz4)]
    private static partial int LZ4_decompress_safe(byte* source, byte* target, int sourceLength, int targetLength);

    /// <summary>The working memory of the encoder (a hash table of 16 KiB), for one thread at a time.</summary>
    internal sealed class Compressor
    {
        // A managed array has the alignment the library asks for (that of a pointer), and needs no release.
        private readonly byte[] _state = new byte[LZ4_sizeofState()];

        /// <summary>Encodes one LZ4 block.</summary>
        /// <param name="plain">What to encode.</param>
        /// <param name="destination">Where to; the encoder gives up when this is full.</param>
        /// <param name="acceleration">1 for the best ratio; 2 is about 7 % faster and writes 4 % more.</param>
        /// <returns>The bytes written; 0 when they do not fit.</returns>
        public int Compress(ReadOnlySpan<byte> plain, Span<byte> destination, int acceleration)
        {
            fixed (byte* state = _state, source = plain, target = destination)
            {
                return LZ4_compress_fast_extState(state, source, target, plain.Length, destination.Length, acceleration);
            }
        }
    }
}
