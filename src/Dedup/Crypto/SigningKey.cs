using System.Security.Cryptography;
using Dedup.Native;

namespace Dedup.Crypto;

/// <summary>A key pair of Ed25519 (RFC 8032). The secret half is made when it is first needed, and wiped when disposed of.</summary>
/// <param name="seed">32 bytes, which stay the caller's.</param>
internal sealed class SigningKey(byte[] seed) : IDisposable
{
    public const int SignatureLength = Sodium.SignatureLength;

    private readonly byte[] _secret = GC.AllocateArray<byte>(Sodium.SecretKeyLength, pinned: true);
    private readonly Lock _lock = new();
    private byte[]? _public;

    /// <summary>The public half, 32 bytes.</summary>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public ReadOnlySpan<byte> PublicKey
    {
        get
        {
            lock (_lock)
            {
                if (_public is null)
                {
                    byte[] half = new byte[Sodium.PublicKeyLength];
                    Sodium.MakeKeyPair(seed, half, _secret);
                    _public = half;
                }

                return _public;
            }
        }
    }

    /// <summary>Signs a message.</summary>
    /// <returns>64 bytes.</returns>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        _ = PublicKey;
        byte[] signature = new byte[SignatureLength];
        Sodium.Sign(message, _secret, signature);
        return signature;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);
}
