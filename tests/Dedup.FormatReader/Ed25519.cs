using System.Runtime.InteropServices;

namespace Dedup.FormatReader;

/// <summary>Ed25519 of libsodium.</summary>
public static partial class Ed25519
{
    /// <summary>The public key, 32 bytes, of a seed of 32 bytes.</summary>
    public static byte[] PublicKeyOf(byte[] seed)
    {
        byte[] half = new byte[32];
        _ = crypto_sign_seed_keypair(half, new byte[64], seed);
        return half;
    }

    public static byte[] Sign(byte[] seed, byte[] message)
    {
        byte[] secret = new byte[64], signature = new byte[64];
        _ = crypto_sign_seed_keypair(new byte[32], secret, seed);
        _ = crypto_sign_detached(signature, 0, message, (ulong)message.Length, secret);
        return signature;
    }

    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature) =>
        crypto_sign_verify_detached(signature, message, (ulong)message.Length, publicKey) == 0;

    [LibraryImport("libsodium.so.23")]
    private static partial int crypto_sign_seed_keypair([Out] byte[] publicKey, [Out] byte[] secretKey, byte[] seed);

    [LibraryImport("libsodium.so.23")]
    private static partial int crypto_sign_detached([Out] byte[] signature, nint signatureLength, byte[] message, ulong length, byte[] secretKey);

    [LibraryImport("libsodium.so.23")]
    private static partial int crypto_sign_verify_detached(byte[] signature, byte[] message, ulong length, byte[] publicKey);
}
