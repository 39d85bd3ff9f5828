using System.Security.Cryptography;
using NSec.Cryptography;

namespace Dedup.Native;

/// <summary>Argon2id and Ed25519, by the package NSec.Cryptography, which brings libsodium itself. All calls to it stand here.</summary>
internal static class Sodium
{
    /// <summary>The length of a salt in bytes; the library takes no other.</summary>
    public const int SaltLength = 16;

    /// <summary>The least memory, in bytes, and the shortest output, in bytes, that the library takes.</summary>
    public const int MinMemory = 8192, MinOutputLength = 16;

    /// <summary>Lengths in bytes of Ed25519 (RFC 8032): what a key pair is made of, its halves, and a signature.</summary>
    public const int SeedLength = 32, PublicKeyLength = 32, SecretKeyLength = 64, SignatureLength = 64;

    /// <summary>Argon2id version 1.3 (RFC 9106) with one lane, without secret and associated data.</summary>
    /// <param name="password">The password's bytes, as they are.</param>
    /// <param name="salt">Exactly <see cref="SaltLength"/> bytes.</param>
    /// <param name="passes">The number of passes over the memory, at least 1.</param>
    /// <param name="memory">The memory to fill, in bytes, at least <see cref="MinMemory"/>; rounded down to whole KiB.</param>
    /// <param name="output">Filled whole; its length takes part in the hash. At least <see cref="MinOutputLength"/> bytes.</param>
    /// <exception cref="ArgumentException">A length or a cost is out of its bounds.</exception>
    /// <exception cref="InsufficientMemoryException">The memory cannot be had.</exception>
    /// <exception cref="PlatformNotSupportedException">The package has no libsodium for this platform.</exception>
    public static void Argon2id(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int passes, long memory, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, MinMemory);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memory, (long)uint.MaxValue << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, MinOutputLength);

        NSec.Cryptography.Argon2id algorithm = new(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory >> 10, NumberOfPasses = passes });
        try
        {
            algorithm.DeriveBytes(password, salt, output);
        }
        catch (CryptographicException exception)
        {
            // All else that the library refuses was refused above.
            throw new InsufficientMemoryException(
                $"The password hash needs {memory >> 20} MiB of memory, which cannot be had: free some", exception);
        }
    }

    /// <summary>The key pair of Ed25519 that a seed stands for (RFC 8032, 5.1.5).</summary>
    /// <param name="seed">Exactly <see cref="SeedLength"/> bytes.</param>
    /// <param name="publicKey">Takes <see cref="PublicKeyLength"/> bytes.</param>
    /// <param name="secretKey">Takes <see cref="SecretKeyLength"/> bytes: the seed, then the public key.</param>
    /// <exception cref="ArgumentException">A length is another one.</exception>
    /// <exception cref="PlatformNotSupportedException">The package has no libsodium for this platform.</exception>
    public static void MakeKeyPair(ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> secretKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, PublicKeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secretKey.Length, SecretKeyLength);
        using Key key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        key.PublicKey.Export(KeyBlobFormat.RawPublicKey).CopyTo(publicKey);
        seed.CopyTo(secretKey);
        publicKey.CopyTo(secretKey[SeedLength..]);
    }

    /// <summary>Signs a message with Ed25519: the same message and key give the same signature.</summary>
    /// <param name="message">The message.</param>
    /// <param name="secretKey">Exactly <see cref="SecretKeyLength"/> bytes.</param>
    /// <param name="signature">Takes <see cref="SignatureLength"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is another one.</exception>
    /// <exception cref="PlatformNotSupportedException">The package has no libsodium for this platform.</exception>
    public static void Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secretKey.Length, SecretKeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, SignatureLength);
        using Key key = Key.Import(SignatureAlgorithm.Ed25519, secretKey[..SeedLength], KeyBlobFormat.RawPrivateKey);
        SignatureAlgorithm.Ed25519.Sign(key, message, signature);
    }

    /// <summary>Whether an Ed25519 signature is that of a message; a key of low order, or a signature in another form than the canonical one, never is.</summary>
    /// <exception cref="PlatformNotSupportedException">The package has no libsodium for this platform.</exception>
    public static bool IsSignature(ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeyLength
        && signature.Length == SignatureLength
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out PublicKey? key)
        && key is not null
        && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
}
