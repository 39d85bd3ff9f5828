using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dedup.FormatReader;

/// <summary>Decodes exactly one zstd frame, with libzstd.</summary>
public static partial class ZstdFrame
{
    private const uint Magic = 0xFD2FB528;

    public static byte[] Decompress(byte[] frame, int plainLength)
    {
        // ZSTD_decompress takes several frames and skips skippable ones; section 7 allows one frame of the ordinary sort.
        if (frame.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(frame) != Magic
            || ZSTD_findFrameCompressedSize(frame, (nuint)frame.Length) != (nuint)frame.Length)
        {
            throw new RejectedException("The body is not one zstd frame.");
        }

        if (ZSTD_getFrameContentSize(frame, (nuint)frame.Length) != (ulong)plainLength
            || ZSTD_getDictID_fromFrame(frame, (nuint)frame.Length) != 0)
        {
            throw new RejectedException("The zstd frame declares another length than its header, or a dictionary.");
        }

        byte[] output = new byte[plainLength];
        return ZSTD_decompress(output, (nuint)plainLength, frame, (nuint)frame.Length) == (nuint)plainLength
            ? output
            : throw new RejectedException("The zstd frame is damaged.");
    }

    [LibraryImport("libzstd.so.1")]
    private static partial nuint ZSTD_findFrameCompressedSize(byte[] frame, nuint length);

    [LibraryImport("libzstd.so.1")]
    private static partial ulong ZSTD_getFrameContentSize(byte[] frame, nuint length);

    [LibraryImport("libzstd.so.1")]
    private static partial uint ZSTD_getDictID_fromFrame(byte[] frame, nuint length);

    [LibraryImport("libzstd.so.1")]
    private static partial nuint ZSTD_decompress([Out] byte[] output, nuint outputLength, byte[] frame, nuint length);
}
