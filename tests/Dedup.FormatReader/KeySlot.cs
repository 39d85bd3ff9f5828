using System.Security.Cryptography;
using System.Text;

namespace Dedup.FormatReader;

/// <summary>The master key under one password (section 6).</summary>
public sealed class KeySlot
{
    private const int SealedFrom = 112;

    private readonly byte[] _content;
    private readonly byte[] _sealedLabel;

    private KeySlot(byte[] content, uint passes, ulong memory, long created, byte[] sealedLabel)
    {
        _content = content;
        Passes = passes;
        Memory = memory;
        Created = created;
        _sealedLabel = sealedLabel;
    }

    public uint Passes { get; }

    public ulong Memory { get; }

    public long Created { get; }

    public byte[] RepositoryId => _content[24..56];

    private byte[] Salt => _content[56..72];

    private byte[] AssociatedData => _content[..SealedFrom];

    public static KeySlot Parse(byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.KeySlot, "length of a key slot");
        var reader = new FieldReader(content);
        reader.Magic("DEDUPKEY");
        reader.Version();
        byte hash = reader.U8();
        byte lanes = reader.U8();
        uint passes = reader.U32();
        ulong memory = reader.U64();
        if (hash != 1 || lanes != 1 || passes is < 3 or > 20 || memory is < 64UL << 20 or > 4UL << 30 || memory % 1024 != 0)
        {
            throw new UnsupportedException($"Password hash {hash} with {lanes} lanes, {passes} passes and {memory} bytes is refused.");
        }

        reader.Bytes(32 + 16);
        long created = reader.I64();
        reader.Bytes(32 + 48);
        ushort labelLength = reader.U16();
        if (labelLength < Gcm.TagLength)
        {
            throw new RejectedException("The sealed label is shorter than its tag.");
        }

        byte[] label = reader.Bytes(labelLength).ToArray();
        reader.End();
        return new KeySlot(content, passes, memory, created, label);
    }

    /// <summary>The master key, or null when the password is another one.</summary>
    public byte[]? Unlock(string password)
    {
        byte[] output = Argon2.Hash(Encoding.UTF8.GetBytes(password), Salt, Passes, Memory);
        return CryptographicOperations.FixedTimeEquals(output.AsSpan(32), _content.AsSpan(80, 32))
            ? Gcm.Open(output[..32], new byte[12], _content.AsSpan(SealedFrom, 48), AssociatedData)
            : null;
    }

    public string OpenLabel(RepositoryKeys keys)
    {
        ObjectKey key = ObjectKey.Derive(keys.SlotLabel, Salt, keys.RepositoryId);
        return FieldReader.Utf8(Gcm.Open(key.Key, Nonce.Of(Nonce.SingleMessage, 0), _sealedLabel, AssociatedData));
    }
}
