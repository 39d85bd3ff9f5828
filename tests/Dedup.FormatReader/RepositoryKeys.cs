using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dedup.FormatReader;

/// <summary>The keys of a repository (section 4).</summary>
public sealed class RepositoryKeys
{
    private readonly byte[] _pseudoRandomKey;

    public RepositoryKeys(byte[] repositoryId, byte[] masterKey)
    {
        RepositoryId = repositoryId;
        _pseudoRandomKey = HKDF.Extract(HashAlgorithmName.SHA256, masterKey, repositoryId);
    }

    public byte[] RepositoryId { get; }

    public byte[] BlobId => Expand("dedup/1/blob id");

    public byte[] DataPack => Expand("dedup/1/data pack");

    public byte[] TreePack => Expand("dedup/1/tree pack");

    public byte[] Index => Expand("dedup/1/index");

    public byte[] Snapshot => Expand("dedup/1/snapshot");

    public byte[] Session => Expand("dedup/1/session");

    public byte[] Gc => Expand("dedup/1/gc");

    public byte[] Forgotten => Expand("dedup/1/forgotten");

    public byte[] Evidence => Expand("dedup/1/evidence");

    /// <summary>The seed of the key pair that signs evidence.</summary>
    public byte[] EvidenceSignature => Expand("dedup/1/evidence signature");

    public byte[] Chunker => Expand("dedup/1/chunker")[..16];

    public byte[] SharedChunker => Expand("dedup/1/shared chunker");

    public byte[] Config => Expand("dedup/1/config");

    public byte[] SlotLabel => Expand("dedup/1/slot label");

    public byte[] Pages => Expand("dedup/1/pages");

    /// <summary>The id of a blob, as hex (section 7).</summary>
    public string IdOf(byte kind, ReadOnlySpan<byte> plaintext)
    {
        byte[] message = new byte[9 + plaintext.Length];
        message[0] = kind;
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(1), (ulong)plaintext.Length);
        plaintext.CopyTo(message.AsSpan(9));
        return Convert.ToHexStringLower(HMACSHA256.HashData(BlobId, message));
    }

    private byte[] Expand(string label) => HKDF.Expand(HashAlgorithmName.SHA256, _pseudoRandomKey, 32, Encoding.ASCII.GetBytes(label));
}
