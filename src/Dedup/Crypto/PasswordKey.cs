using System.Security.Cryptography;
using Dedup.Native;

namespace Dedup.Crypto;

/// <summary>
/// What a password and a slot's salt give: 32 bytes that wrap the master key, and 32 that commit to them, so that a slot opens
/// under one password only. Wiped when disposed of.
/// </summary>
internal sealed class PasswordKey : IDisposable
{
    private readonly byte[] _salt;
    private readonly byte[] _derived = GC.AllocateUninitializedArray<byte>(RepositoryKeys.KeyLength + ObjectKey.CommitmentLength, pinned: true);

    /// <summary>Argon2id 1.3 with one lane; takes as long as the cost says.</summary>
    public PasswordKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, PasswordCost cost)
    {
        _salt = salt.ToArray();
        Cost = cost;
        Sodium.Argon2id(password, salt, (int)cost.Passes, (long)cost.MemoryBytes, _derived);
    }

    public ReadOnlySpan<byte> Salt => _salt;

    public PasswordCost Cost { get; }

    public ReadOnlySpan<byte> Commitment => _derived.AsSpan(RepositoryKeys.KeyLength);

    public byte[] Wrap(MasterKey master, ReadOnlySpan<byte> associated)
    {
        byte[] wrapped = new byte[MasterKey.Length + ObjectKey.TagLength];
        using AesGcm cipher = new(_derived.AsSpan(0, RepositoryKeys.KeyLength), ObjectKey.TagLength);

        // The key is used for this one message, so its nonce may be anything.
        cipher.Encrypt(
            stackalloc byte[ObjectKey.NonceLength], master.Bytes, wrapped.AsSpan(0, MasterKey.Length), wrapped.AsSpan(MasterKey.Length), associated);
        return wrapped;
    }

    /// <returns><see langword="null"/> when the wrapped key is not authentic.</returns>
    public MasterKey? TryUnwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associated)
    {
        Span<byte> master = stackalloc byte[MasterKey.Length];
        using AesGcm cipher = new(_derived.AsSpan(0, RepositoryKeys.KeyLength), ObjectKey.TagLength);
        try
        {
            cipher.Decrypt(stackalloc byte[ObjectKey.NonceLength], wrapped[..MasterKey.Length], wrapped[MasterKey.Length..], master, associated);
            return MasterKey.FromBytes(master);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_derived);
}
