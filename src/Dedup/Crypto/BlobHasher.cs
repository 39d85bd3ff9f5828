using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dedup.Crypto;

/// <summary>
/// Computes blob ids: HMAC-SHA-256 under the id key of kind (1 byte), length (8 bytes, little-endian) and plaintext.
/// One thread at a time.
/// </summary>
internal sealed class BlobHasher(ReadOnlySpan<byte> key) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    public BlobId Hash(BlobKind kind, ReadOnlySpan<byte> plain)
    {
        Span<byte> prefix = stackalloc byte[9];
        prefix[0] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(prefix[1..], (ulong)plain.Length);
        _hash.AppendData(prefix);
        _hash.AppendData(plain);

        Span<byte> digest = stackalloc byte[BlobId.Length];
        _hash.GetHashAndReset(digest);
        return new BlobId(digest);
    }

    public void Dispose() => _hash.Dispose();
}
