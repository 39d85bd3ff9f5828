using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>Argon2id and Ed25519, bound to libsodium 1.0.18 or later. All calls to that library stand here.</summary>
internal static unsafe partial class Sodium
{
    /// <summary>The length of a salt in bytes; the library takes no other.</summary>
    public const int SaltLength = 16;

    /// <summary>The least memory, in bytes, and the shortest output, in bytes, that the library takes.</summary>
    public const int MinMemory = 8192, MinOutputLength = 16;

    /// <summary>Lengths in bytes of Ed25519 (RFC 8032): what a key pair is made of, its halves, and a signature.</summary>
    public const int SeedLength = 32, PublicKeyLength = 32, SecretKeyLength = 64, SignatureLength = 64;

    private const int Argon2Id13 = 2;

    static Sodium() => NativeLibraryResolver.Register();

    /// <summary>Argon2id version 1.3 (RFC 9106) with one lane, without secret and associated data.</summary>
    /// <param name="password">The password's bytes, as they are.</param>
    /// <param name="salt">Exactly <see cref="SaltLength"/> bytes.</param>
    /// <param name="passes">The number of passes over the memory, at least 1.</param>
    /// <param name="memory">The memory to fill, in bytes, at least <see cref="MinMemory"/>; rounded down to whole KiB.</param>
    /// <param name="output">Filled whole; its length takes part in the hash. At least <see cref="MinOutputLength"/> bytes.</param>
    /// <exception cref="ArgumentException">A length or a cost is out of its bounds.</exception>
    /// <exception cref="InsufficientMemoryException">The memory cannot be had.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public static void Argon2id(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int passes, long memory, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, MinMemory);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memory, (long)uint.MaxValue << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, MinOutputLength);

        Initialise();
        fixed (byte* target = output, secret = password, saltBytes = salt)
        {
            int result = crypto_pwhash(target, (ulong)output.Length, secret, (ulong)password.Length, saltBytes,
                (ulong)passes, (nuint)memory, Argon2Id13);
            if (result != 0)
            {
                // All else that the library refuses was refused above.
                throw new InsufficientMemoryException(
                    $"The password hash needs {memory >> 20} MiB of memory, which cannot be had: free some");
            }
        }
    }

    /// <summary>The key pair of Ed25519 that a seed stands for (RFC 8032, 5.1.5).</summary>
    /// <param name="seed">Exactly <see cref="SeedLength"/> bytes.</param>
    /// <param name="publicKey">Takes <see cref="PublicKeyLength"/> bytes.</param>
    /// <param name="secretKey">Takes <see cref="SecretKeyLength"/> bytes: the seed, then the public key.</param>
    /// <exception cref="ArgumentException">A length is another one.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public static void MakeKeyPair(ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> secretKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, PublicKeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secretKey.Length, SecretKeyLength);
        Initialise();
        fixed (byte* from = seed, half = publicKey, whole = secretKey)
        {
            Require(crypto_sign_seed_keypair(half, whole, from));
        }
    }

    /// <summary>Signs a message with Ed25519: the same message and key give the same signature.</summary>
    /// <param name="message">The message.</param>
    /// <param name="secretKey">Exactly <see cref="SecretKeyLength"/> bytes.</param>
    /// <param name="signature">Takes <see cref="SignatureLength"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is another one.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public static void Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secretKey.Length, SecretKeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, SignatureLength);
        Initialise();
        fixed (byte* target = signature, text = message, key = secretKey)
        {
            Require(crypto_sign_detached(target, null, text, (ulong)message.Length, key));
        }
    }

    /// <summary>Whether an Ed25519 signature is that of a message; a key of low order, or a signature in another form than the canonical one, never is.</summary>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public static bool IsSignature(ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyLength || signature.Length != SignatureLength)
        {
            return false;
        }

        Initialise();
        fixed (byte* what = signature, text = message, key = publicKey)
        {
            return crypto_sign_verify_detached(what, text, (ulong)message.Length, key) == 0;
        }
    }

    private static void Initialise()
    {
        // Safe from any thread and any number of times; it chooses the fastest implementation for this processor.
        if (sodium_init() < 0)
        {
            throw new InvalidOperationException("libsodium could not be initialised");
        }
    }

    private static void Require(int result)
    {
        // With lengths that are right, the library has no other outcome.
        if (result != 0)
        {
            throw new InvalidOperationException($"libsodium answered {result}");
        }
    }

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int sodium_init();

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int crypto_sign_seed_keypair(byte* publicKey, byte* secretKey, byte* seed);

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int crypto_sign_detached(byte* signature, ulong* signatureLength, byte* message, ulong messageLength, byte* secretKey);

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int crypto_sign_verify_detached(byte* signature, byte* message, ulong messageLength, byte* publicKey);

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int crypto_pwhash(byte* output, ulong outputLength, byte* password, ulong passwordLength,
        byte* salt, ulong passes, nuint memory, int algorithm);
}
