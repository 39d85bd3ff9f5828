using Dedup.Crypto;
using Dedup.Format;
using Xunit;

namespace Dedup.Tests.Crypto;

/// <summary>What is sealed opens in its own place and in no other.</summary>
public sealed class SealTests : IDisposable
{
    private static readonly byte[] Body = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    private static readonly PackEntry Entry = new(
        new BlobId([.. Enumerable.Repeat((byte)7, BlobId.Length)]), BlobKind.Data, BlobCodec.Zstd, 500, Body.Length + PackLayout.RecordOverhead, 1000, 3);

    private readonly MasterKey _master = MasterKey.FromBytes([.. Enumerable.Repeat((byte)9, MasterKey.Length)]);
    private readonly RepositoryKeys _keys;
    private readonly PackSeal _seal;
    private readonly byte[] _record = new byte[Entry.StoredLength];

    public SealTests()
    {
        _keys = KeysOf(1);
        _seal = PackSeal.Create(_keys, PackKind.Data);
        _seal.SealRecord(Entry, Body, _record);
    }

    public static TheoryData<string> Changes() =>
        ["ordinal", "last ordinal", "kind", "codec", "plain length", "stored length", "id", "offset"];

    public void Dispose()
    {
        _seal.Dispose();
        _keys.Dispose();
        _master.Dispose();
    }

    [Fact]
    public void A_record_opens_in_its_place()
    {
        Assert.True(Opens(_seal, Entry, _record));
        Assert.True(_seal.TryOpenRecordHeader(Entry.Ordinal, Entry.Offset, _record, out PackEntry found));
        Assert.Equal(Entry, found);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_record_opens_as_nothing_but_what_it_is(string change)
    {
        PackEntry changed = change switch
        {
            "ordinal" => Entry with { Ordinal = 2 },
            "last ordinal" => Entry with { Ordinal = int.MaxValue },
            "kind" => Entry with { Kind = BlobKind.Tree },
            "codec" => Entry with { Codec = BlobCodec.Lz4 },
            "plain length" => Entry with { PlainLength = 501 },
            "stored length" => Entry with { StoredLength = Entry.StoredLength + 1 },
            "id" => Entry with { Id = default },
            _ => Entry with { Offset = 2000 },
        };

        // Where a record lies is no part of it: repacking may move it within a pack that is sealed anew, and the footer binds places.
        Assert.Equal(change == "offset", Opens(_seal, changed, _record));
        Assert.Equal(change != "ordinal" && change != "last ordinal", _seal.TryOpenRecordHeader(changed.Ordinal, Entry.Offset, _record, out _));
    }

    [Fact]
    public void A_record_opens_in_no_other_pack()
    {
        using PackSeal other = PackSeal.Create(_keys, PackKind.Data);
        Assert.False(Opens(other, Entry, _record));
        Assert.False(other.TryOpenRecordHeader(Entry.Ordinal, Entry.Offset, _record, out _));
    }

    [Fact]
    public void A_record_opens_in_no_pack_of_another_kind()
    {
        using PackSeal other = PackSeal.Create(_keys, PackKind.Tree);
        Assert.False(Opens(other, Entry, _record));
        byte[] header = _seal.Header.ToArray();
        header[10] = (byte)PackKind.Tree;
        Assert.Throws<CorruptDataException>(() => PackSeal.Open(_keys, header, "pack"));
    }

    [Fact]
    public void A_pack_opens_in_no_other_repository()
    {
        using RepositoryKeys other = KeysOf(2);
        Assert.Throws<CorruptDataException>(() => PackSeal.Open(other, _seal.Header, "pack"));
        PackSeal.Open(_keys, _seal.Header, "pack").Dispose();
    }

    [Fact]
    public void Every_bit_of_a_record_counts()
    {
        for (int bit = 0; bit < _record.Length * 8; bit++)
        {
            _record[bit / 8] ^= (byte)(1 << (bit % 8));
            bool isHeader = bit / 8 < PackLayout.SealedRecordHeaderLength;
            bool opens = isHeader ? _seal.TryOpenRecordHeader(Entry.Ordinal, Entry.Offset, _record, out _) : Opens(_seal, Entry, _record);
            Assert.False(opens, $"Bit {bit} may be changed.");
            _record[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Every_bit_of_a_footer_and_of_its_offset_counts()
    {
        byte[] footer = PackFooter.Write(_seal, [], 500);
        byte[] message = footer[..PackLayout.SealedFooterLength(0)];
        byte[] plain = new byte[message.Length - ObjectKey.TagLength];
        Assert.True(_seal.TryOpenFooter(message, 500, plain));
        Assert.False(_seal.TryOpenFooter(message, 501, plain));
        for (int bit = 0; bit < message.Length * 8; bit++)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_seal.TryOpenFooter(message, 500, plain), $"Bit {bit} may be changed.");
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Every_bit_of_a_sealed_object_and_of_its_name_counts()
    {
        byte[] name = [1, 2, 3];
        byte[] whole = SealedObject.Seal(SealedObject.IndexMagic, _keys.Index, _keys.Repository, name, Body);
        Assert.Equal(Body, Open(_keys.Repository));
        Assert.Throws<CorruptDataException>(() => Open(Id(2)));
        foreach (byte[] bytes in (byte[][])[whole, name])
        {
            for (int bit = 0; bit < bytes.Length * 8; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<CorruptDataException>(() => Open(_keys.Repository));
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        byte[] Open(Bytes32 repository) => SealedObject.Open(SealedObject.IndexMagic, _keys.Index, repository, name, whole, "object");
    }

    [Fact]
    public void A_commitment_that_does_not_fit_is_refused_before_anything_is_opened()
    {
        byte[] whole = SealedObject.Seal(SealedObject.IndexMagic, _keys.Index, _keys.Repository, [], Body);
        const int Commitment = 48;
        whole[Commitment] ^= 1;
        whole[^1] ^= 1;

        // Both the commitment and the seal are broken: the place that is named is the one that was looked at first.
        var exception = Assert.Throws<CorruptDataException>(() => SealedObject.Open(SealedObject.IndexMagic, _keys.Index, _keys.Repository, [], whole, "object"));
        Assert.Equal(16, exception.Offset);

        using ObjectKey key = ObjectKey.Derive(_keys.Index, _keys.Repository, FormatVersion.Current, new byte[ObjectKey.SaltLength]);
        byte[] commitment = [.. key.Commitment];
        Assert.NotNull(ObjectKey.TryOpen(_keys.Index, _keys.Repository, FormatVersion.Current, key.Salt, commitment));
        commitment[^1] ^= 0x80;
        Assert.Null(ObjectKey.TryOpen(_keys.Index, _keys.Repository, FormatVersion.Current, key.Salt, commitment));
    }

    private static bool Opens(PackSeal seal, PackEntry entry, byte[] record)
    {
        byte[] padded = [.. record, .. new byte[16]];
        byte[] body = new byte[entry.StoredLength - PackLayout.RecordOverhead];
        return seal.TryOpenBody(entry, padded.AsSpan(0, entry.StoredLength), body);
    }

    private static Bytes32 Id(byte value) => new([.. Enumerable.Repeat(value, Bytes32.Length)]);

    private RepositoryKeys KeysOf(byte repository) => new(_master, Id(repository));
}
