using System.Security.Cryptography;

namespace Dedup.Crypto;

/// <summary>The 256-bit secret from which every key of a repository is derived. Wiped when disposed of.</summary>
internal sealed class MasterKey : IDisposable
{
    public const int Length = 32;

    // Pinned, so that the collector never leaves a copy behind.
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Length, pinned: true);

    private MasterKey()
    {
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public static MasterKey Generate()
    {
        MasterKey key = new();
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    public static MasterKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        MasterKey key = new();
        bytes.CopyTo(key._bytes);
        return key;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
