using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dedup.Native;

/// <summary>Single zstd frames (RFC 8878), bound to libzstd 1.4 or later. All calls to that library stand here.</summary>
internal static unsafe partial class Zstd
{
    private const uint FrameMagic = 0xFD2F_B528;
    private const int CompressionLevelParameter = 100, ContentSizeParameter = 200, ChecksumParameter = 201;
    private const int MemoryAllocationError = 64, DestinationTooSmallError = 70;

    static Zstd() => NativeLibraryResolver.Register();

    /// <summary>Whether the bytes are one whole zstd frame, and nothing else, that declares the given content size.
    /// Skippable frames, the formats before 0.8, several frames in a row and undeclared sizes are all turned away:
    /// the library would decode them.</summary>
    public static bool IsSingleFrame(ReadOnlySpan<byte> compressed, int contentSize)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(compressed, out uint magic) || magic != FrameMagic)
        {
            return false;
        }

        fixed (byte* source = compressed)
        {
            // Unknown and malformed are the two highest values of 64 bits, an error code a high value of size_t.
            return ZSTD_getFrameContentSize(source, (nuint)compressed.Length) == (ulong)contentSize
                && ZSTD_findFrameCompressedSize(source, (nuint)compressed.Length) == (nuint)compressed.Length;
        }
    }

    private static bool IsError(nuint result) => ZSTD_isError(result) != 0;

    private static Exception Failure(nuint result) => ZSTD_getErrorCode(result) == MemoryAllocationError
        ? new InsufficientMemoryException("zstd could not allocate its working memory: free some, or choose a lower level")
        : new InvalidOperationException($"zstd: {Marshal.PtrToStringUTF8((nint)ZSTD_getErrorName(result))}");

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nuint ZSTD_CCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nuint ZSTD_compress2(
        nint context, byte* target, nuint targetLength, byte* source, nuint sourceLength);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nint ZSTD_createDCtx();

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nuint ZSTD_decompressDCtx(
        nint context, byte* target, nuint targetLength, byte* source, nuint sourceLength);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial ulong ZSTD_getFrameContentSize(byte* source, nuint sourceLength);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial nuint ZSTD_findFrameCompressedSize(byte* source, nuint sourceLength);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial uint ZSTD_isError(nuint result);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial int ZSTD_getErrorCode(nuint result);

    [LibraryImport(NativeLibraryResolver.Zstd)]
    private static partial byte* ZSTD_getErrorName(nuint result);

    /// <summary>A compression context, for one thread at a time. It keeps its working memory between calls.</summary>
    internal sealed class Compressor : SafeHandleZeroOrMinusOneIsInvalid
    {
        /// <summary>Creates a context whose frames declare their content size.</summary>
        /// <param name="level">1 to 19; negative levels are the library's fast ones.</param>
        /// <param name="hasChecksum">Whether frames carry a checksum; those that are sealed need none.</param>
        public Compressor(int level, bool hasChecksum = false)
            : base(ownsHandle: true)
        {
            SetHandle(ZSTD_createCCtx());
            if (IsInvalid)
            {
                throw new InsufficientMemoryException("zstd could not create a compression context: free some memory");
            }

            Set(CompressionLevelParameter, level);
            Set(ContentSizeParameter, 1);
            Set(ChecksumParameter, hasChecksum ? 1 : 0);
        }

        /// <summary>Encodes one frame.</summary>
        /// <returns>The bytes written to the destination; 0 when they do not fit.</returns>
        public int Compress(ReadOnlySpan<byte> plain, Span<byte> destination)
        {
            bool held = false;
            try
            {
                DangerousAddRef(ref held);
                fixed (byte* source = plain, target = destination)
                {
                    nuint result = ZSTD_compress2(handle, target, (nuint)destination.Length, source, (nuint)plain.Length);
                    return !IsError(result) ? (int)result
                        : ZSTD_getErrorCode(result) == DestinationTooSmallError ? 0
                        : throw Failure(result);
                }
            }
            finally
            {
                if (held)
                {
                    DangerousRelease();
                }
            }
        }

        /// <inheritdoc/>
        protected override bool ReleaseHandle() => !IsError(ZSTD_freeCCtx(handle));

        private void Set(int parameter, int value)
        {
            nuint result = ZSTD_CCtx_setParameter(handle, parameter, value);
            if (IsError(result))
            {
                throw Failure(result);
            }
        }
    }

    /// <summary>A decompression context, for one thread at a time. Its memory does not depend on what a frame claims:
    /// frames are decoded in one pass, with the target as their window.</summary>
    internal sealed class Decompressor : SafeHandleZeroOrMinusOneIsInvalid
    {
        public Decompressor()
            : base(ownsHandle: true)
        {
            SetHandle(ZSTD_createDCtx());
            if (IsInvalid)
            {
                throw new InsufficientMemoryException("zstd could not create a decompression context: free some memory");
            }
        }

        /// <summary>Decodes whatever frames the bytes hold.</summary>
        /// <returns>The bytes written to <paramref name="plain"/>; negative when the data is malformed or holds more.
        /// Nothing outside of the spans is read or written; on failure what <paramref name="plain"/> holds is undefined.</returns>
        public int Decompress(ReadOnlySpan<byte> compressed, Span<byte> plain)
        {
            bool held = false;
            try
            {
                DangerousAddRef(ref held);
                fixed (byte* source = compressed, target = plain)
                {
                    nuint result = ZSTD_decompressDCtx(handle, target, (nuint)plain.Length, source, (nuint)compressed.Length);
                    return IsError(result) ? -1 : (int)result;
                }
            }
            finally
            {
                if (held)
                {
                    DangerousRelease();
                }
            }
        }

        /// <inheritdoc/>
        protected override bool ReleaseHandle() => !IsError(ZSTD_freeDCtx(handle));
    }
}
