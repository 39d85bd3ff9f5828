using System.Security.Cryptography;

namespace Dedup.Crypto;

/// <summary>
/// The keys of one repository: HKDF-SHA-256 (RFC 5869) of the master key with the repository's id as salt and one label a key.
/// Wiped when disposed of.
/// </summary>
internal sealed class RepositoryKeys : IDisposable
{
    public const int KeyLength = 32;

    private const int ChunkerKeyLength = 16;

    private readonly List<byte[]> _all = [];

    public RepositoryKeys(MasterKey master, Bytes32 repository)
    {
        Repository = repository;
        Span<byte> extracted = stackalloc byte[KeyLength];
        Span<byte> salt = stackalloc byte[Bytes32.Length];
        repository.CopyTo(salt);
        HKDF.Extract(HashAlgorithmName.SHA256, master.Bytes, salt, extracted);

        BlobId = Derive(extracted, KeyLabels.BlobId);
        DataPack = Derive(extracted, KeyLabels.DataPack);
        TreePack = Derive(extracted, KeyLabels.TreePack);
        Index = Derive(extracted, KeyLabels.Index);
        Snapshot = Derive(extracted, KeyLabels.Snapshot);
        Session = Derive(extracted, KeyLabels.Session);
        GarbageCollection = Derive(extracted, KeyLabels.GarbageCollection);
        Forgotten = Derive(extracted, KeyLabels.Forgotten);
        Evidence = Derive(extracted, KeyLabels.Evidence);
        EvidenceSignature = new SigningKey(Derive(extracted, KeyLabels.EvidenceSignature));
        Derive(extracted, KeyLabels.Chunker).AsSpan(0, ChunkerKeyLength).CopyTo(Chunker);
        SharedChunker = Derive(extracted, KeyLabels.SharedChunker);
        Config = Derive(extracted, KeyLabels.Config);
        SlotLabel = Derive(extracted, KeyLabels.SlotLabel);
        Pages = Derive(extracted, KeyLabels.Pages);
        LocalCache = Derive(extracted, KeyLabels.LocalCache);
        CryptographicOperations.ZeroMemory(extracted);
    }

    /// <summary>The repository's id, which every associated data names.</summary>
    public Bytes32 Repository { get; }

    public byte[] BlobId { get; }

    public byte[] DataPack { get; }

    public byte[] TreePack { get; }

    public byte[] Index { get; }

    public byte[] Snapshot { get; }

    public byte[] Session { get; }

    public byte[] GarbageCollection { get; }

    public byte[] Forgotten { get; }

    public byte[] Evidence { get; }

    /// <summary>Signs the records of evidence, so that who has the public half alone can tell that they are genuine.</summary>
    public SigningKey EvidenceSignature { get; }

    /// <summary>
    /// The AES-128 key of the chunker's pseudo-random function: the first 16 of the 32 bytes derived, or what <see cref="ShareChunker"/> took over.
    /// </summary>
    public byte[] Chunker { get; } = GC.AllocateUninitializedArray<byte>(ChunkerKeyLength, pinned: true);

    /// <summary>Seals the chunker key of another repository in the config of this one.</summary>
    public byte[] SharedChunker { get; }

    public byte[] Config { get; }

    public byte[] SlotLabel { get; }

    /// <summary>The key that decides where large directories are split into pages.</summary>
    public byte[] Pages { get; }

    /// <summary>The key of what is kept on this machine; nothing in a store is sealed under it.</summary>
    public byte[] LocalCache { get; }

    public byte[] PackKey(PackKind kind) => kind == PackKind.Data ? DataPack : TreePack;

    /// <summary>Cuts as another repository does.</summary>
    /// <param name="chunker">The 16 bytes of its <see cref="Chunker"/>.</param>
    public void ShareChunker(ReadOnlySpan<byte> chunker) => chunker.CopyTo(Chunker);

    public void Dispose()
    {
        foreach (byte[] key in _all)
        {
            CryptographicOperations.ZeroMemory(key);
        }

        CryptographicOperations.ZeroMemory(Chunker);
        EvidenceSignature.Dispose();
    }

    private byte[] Derive(ReadOnlySpan<byte> extracted, ReadOnlySpan<byte> label)
    {
        byte[] key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, key, label);
        _all.Add(key);
        return key;
    }
}
