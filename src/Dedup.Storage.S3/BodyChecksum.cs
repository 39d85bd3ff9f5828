using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dedup.Storage.S3;

/// <summary>Sums of a whole body, as headers carry them: big-endian, in base 64.</summary>
internal static class BodyChecksum
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Against accidents on the way; what a server is asked for. Data is sealed.")]
    public static string Md5(ReadOnlySpan<ReadOnlyMemory<byte>> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (ReadOnlyMemory<byte> segment in body)
        {
            hash.AppendData(segment.Span);
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    public static string Crc32C(ReadOnlySpan<ReadOnlyMemory<byte>> body)
    {
        uint crc = uint.MaxValue;
        foreach (ReadOnlyMemory<byte> segment in body)
        {
            ReadOnlySpan<byte> bytes = segment.Span;
            for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            {
                crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(bytes));
            }

            foreach (byte next in bytes)
            {
                crc = BitOperations.Crc32C(crc, next);
            }
        }

        Span<byte> sum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return Convert.ToBase64String(sum);
    }

    public static string Crc64(ReadOnlySpan<ReadOnlyMemory<byte>> body)
    {
        ulong crc = Crc64Nvme.Initial;
        foreach (ReadOnlyMemory<byte> segment in body)
        {
            crc = Crc64Nvme.Append(crc, segment.Span);
        }

        Span<byte> sum = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(sum, ~crc);
        return Convert.ToBase64String(sum);
    }
}
