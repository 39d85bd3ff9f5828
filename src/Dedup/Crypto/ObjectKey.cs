using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dedup.Crypto;

/// <summary>
/// The key of one object, derived from a random salt that the object carries, and the commitment that tells before anything
/// is opened whether the key is the right one. A key serves one object only, so a nonce is a place within it.
/// </summary>
internal sealed class ObjectKey : IDisposable
{
    public const int SaltLength = 32, CommitmentLength = 32, TagLength = 16, NonceLength = 12;

    private readonly AesGcm _cipher;

    private ObjectKey(AesGcm cipher, byte[] salt, byte[] commitment)
    {
        _cipher = cipher;
        Salt = salt;
        Commitment = commitment;
    }

    public byte[] Salt { get; }

    public byte[] Commitment { get; }

    /// <summary>Makes the key of a new object.</summary>
    public static ObjectKey Create(ReadOnlySpan<byte> key, Bytes32 repository, ushort version) =>
        Derive(key, repository, version, Randomness.GetBytes(SaltLength));

    /// <summary>Derives the key of an object from its salt: HKDF-SHA-256 of the key, with the salt, for 32 bytes of key and 32 of commitment.</summary>
    public static ObjectKey Derive(ReadOnlySpan<byte> key, Bytes32 repository, ushort version, byte[] salt)
    {
        Span<byte> info = stackalloc byte[KeyLabels.Object.Length + Bytes32.Length + sizeof(ushort)];
        KeyLabels.Object.CopyTo(info);
        repository.CopyTo(info[KeyLabels.Object.Length..]);
        BinaryPrimitives.WriteUInt16LittleEndian(info[^sizeof(ushort)..], version);

        Span<byte> derived = stackalloc byte[RepositoryKeys.KeyLength + CommitmentLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt, info);
        AesGcm cipher = new(derived[..RepositoryKeys.KeyLength], TagLength);
        byte[] commitment = derived[RepositoryKeys.KeyLength..].ToArray();
        CryptographicOperations.ZeroMemory(derived);
        return new ObjectKey(cipher, salt, commitment);
    }

    /// <summary>Remakes the key of an object that is being read.</summary>
    /// <returns><see langword="null"/> when the commitment does not fit: another repository's object, another kind of object, or damage.</returns>
    public static ObjectKey? TryOpen(
        ReadOnlySpan<byte> key, Bytes32 repository, ushort version, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> commitment)
    {
        ObjectKey candidate = Derive(key, repository, version, salt.ToArray());
        if (CryptographicOperations.FixedTimeEquals(candidate.Commitment, commitment))
        {
            return candidate;
        }

        candidate.Dispose();
        return null;
    }

    /// <summary>Seals a message: as many bytes of ciphertext as of plaintext, then the tag.</summary>
    public void Seal(uint ordinal, SealDomain domain, ReadOnlySpan<byte> plain, Span<byte> destination, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, ordinal, domain);
        _cipher.Encrypt(nonce, plain, destination[..plain.Length], destination.Slice(plain.Length, TagLength), associated);
    }

    /// <summary>Opens a sealed message.</summary>
    /// <returns>Whether it is authentic; the destination is of no use otherwise.</returns>
    public bool TryOpen(uint ordinal, SealDomain domain, ReadOnlySpan<byte> sealedBytes, Span<byte> plain, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, ordinal, domain);
        try
        {
            _cipher.Decrypt(nonce, sealedBytes[..plain.Length], sealedBytes.Slice(plain.Length, TagLength), plain, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static void WriteNonce(Span<byte> nonce, uint ordinal, SealDomain domain)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(nonce, ordinal);
        BinaryPrimitives.WriteUInt32LittleEndian(nonce[4..], (uint)domain);
        nonce[8..].Clear();
    }
}
