using System.Buffers.Binary;

namespace Dedup.FormatReader;

/// <summary>A pack with its header checked (section 8).</summary>
public sealed class Pack
{
    public const byte DataKind = 1;
    public const byte TreeKind = 2;

    public const int HeaderLength = 80;
    private const int TrailerLength = 16;
    private const int SealedHeaderLength = 64;
    private const int EntryLength = 48;

    private readonly byte[] _content;
    private readonly RepositoryKeys _keys;
    private readonly ObjectKey _key;

    private Pack(byte[] content, RepositoryKeys keys, byte kind, ObjectKey key)
    {
        _content = content;
        _keys = keys;
        Kind = kind;
        _key = key;
    }

    public byte Kind { get; }

    private byte[] BoundToPack => [.. _keys.RepositoryId, .. _content.AsSpan(0, HeaderLength)];

    public static Pack Open(RepositoryKeys keys, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.Pack, "length of a pack");
        var reader = new FieldReader(content);
        reader.Magic("DEDUPPAK");
        reader.Version();
        byte kind = reader.U8();
        if (kind is not (DataKind or TreeKind))
        {
            throw new RejectedException($"Packs of kind {kind} are not defined.");
        }

        reader.Reserved(5);
        byte[] salt = reader.Bytes(32).ToArray();
        ObjectKey key = ObjectKey.Derive(kind == DataKind ? keys.DataPack : keys.TreePack, salt, keys.RepositoryId);
        key.CheckCommitment(reader.Bytes(32));
        return new Pack(content, keys, kind, key);
    }

    /// <summary>The directory at the pack's end.</summary>
    public List<BlobEntry> ReadFooter()
    {
        int trailer = _content.Length - TrailerLength;
        var end = new FieldReader(_content.AsSpan(Math.Max(0, trailer)));
        uint length = end.U32();
        end.Reserved(4);
        end.Magic("DEDUPEND");
        if (length > trailer - HeaderLength)
        {
            throw new RejectedException($"A footer of {length} bytes does not fit into the pack.");
        }

        int start = trailer - (int)length;
        byte[] bound = [.. BoundToPack, .. LittleEndian((uint)start)];
        var reader = new FieldReader(Gcm.Open(_key.Key, Nonce.Of(Nonce.PackFooter, 0), _content.AsSpan(start, (int)length), bound));
        uint count = reader.U32();
        Limits.Check(count, Limits.BlobsInPack, "number of blobs in a pack");
        var entries = new List<BlobEntry>();
        long next = HeaderLength;
        for (uint ordinal = 0; ordinal < count; ordinal++)
        {
            BlobEntry entry = ParseEntry(reader.Bytes(EntryLength), out uint offset) with { Ordinal = ordinal, Offset = offset };
            entries.Add(entry.Check(Kind));
            if (offset != next)
            {
                throw new RejectedException($"Record {ordinal} begins at {offset}, not where the one before ends.");
            }

            next += entry.StoredLength;
            Limits.Check((ulong)next, (ulong)start, "end of a record");
        }

        reader.End();
        return entries;
    }

    /// <summary>What the records say of themselves, up to the first place where no record begins.</summary>
    public List<BlobEntry> ScanRecords()
    {
        var entries = new List<BlobEntry>();
        long next = HeaderLength;
        try
        {
            while (true)
            {
                BlobEntry entry = OpenRecordHeader((uint)next, (uint)entries.Count);
                next += entry.StoredLength;
                Limits.Check((ulong)next, (ulong)_content.Length, "end of a record");
                entries.Add(entry);
            }
        }
        catch (RejectedException)
        {
            return entries;
        }
    }

    /// <summary>
    /// The plaintext of a blob. The body is bound to the record header that the entry implies, so a wrong entry opens nothing and a
    /// damaged record header costs nothing; the id decides.
    /// </summary>
    public byte[] ReadBlob(BlobEntry entry)
    {
        byte[] bound = [.. BoundToPack, .. LittleEndian(entry.Ordinal), .. RecordHeaderOf(entry)];
        ReadOnlySpan<byte> body = Record(entry.Offset, entry.StoredLength)[SealedHeaderLength..];
        byte[] compressed = Gcm.Open(_key.Key, Nonce.Of(Nonce.RecordBody, entry.Ordinal), body, bound);
        byte[] plaintext = Codecs.Decompress(entry.Codec, compressed, (int)entry.PlainLength);
        return _keys.IdOf(entry.Kind, plaintext) == entry.Id
            ? plaintext
            : throw new RejectedException("The plaintext of a blob does not have the blob's id.");
    }

    /// <summary>What a record says of itself.</summary>
    public BlobEntry OpenRecordHeader(uint offset, uint ordinal)
    {
        byte[] bound = [.. BoundToPack, .. LittleEndian(ordinal)];
        byte[] header = Gcm.Open(_key.Key, Nonce.Of(Nonce.RecordHeader, ordinal), Record(offset, SealedHeaderLength), bound);
        BlobEntry entry = ParseEntry(header, out uint place) with { Ordinal = ordinal, Offset = offset };
        if (place != ordinal)
        {
            throw new RejectedException($"Record {ordinal} says that it is record {place}.");
        }

        return entry.Check(Kind);
    }

    private static BlobEntry ParseEntry(ReadOnlySpan<byte> bytes, out uint last)
    {
        var reader = new FieldReader(bytes);
        string id = reader.Id();
        byte kind = reader.U8();
        byte codec = reader.U8();
        reader.Reserved(2);
        uint plainLength = reader.U32();
        uint storedLength = reader.U32();
        last = reader.U32();
        reader.End();
        return new BlobEntry(id, kind, codec, plainLength, storedLength, 0, 0);
    }

    private static byte[] RecordHeaderOf(BlobEntry entry) =>
    [
        .. Convert.FromHexString(entry.Id), entry.Kind, entry.Codec, 0, 0,
        .. LittleEndian(entry.PlainLength), .. LittleEndian(entry.StoredLength), .. LittleEndian(entry.Ordinal),
    ];

    private ReadOnlySpan<byte> Record(uint offset, uint length) => (long)offset + length <= _content.Length
        ? _content.AsSpan((int)offset, (int)length)
        : throw new RejectedException("A record reaches past the end of the pack.");

    private static byte[] LittleEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
