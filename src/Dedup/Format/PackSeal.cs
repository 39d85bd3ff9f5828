using System.Buffers.Binary;
using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>The key of one pack with everything that is sealed under it. One thread at a time.</summary>
internal sealed class PackSeal : IDisposable
{
    private readonly ObjectKey _key;
    private readonly byte[] _header;

    // Repository, header, ordinal, record header: the associated data of a record's body, longest of all.
    private readonly byte[] _associated = new byte[Bytes32.Length + PackLayout.HeaderLength + sizeof(uint) + PackLayout.RecordHeaderLength];

    private PackSeal(ObjectKey key, PackKind kind, byte[] header, Bytes32 repository)
    {
        _key = key;
        _header = header;
        Kind = kind;
        repository.CopyTo(_associated);
        header.CopyTo(_associated.AsSpan(Bytes32.Length));
    }

    public PackKind Kind { get; }

    /// <summary>The first bytes of the pack.</summary>
    public ReadOnlySpan<byte> Header => _header;

    /// <summary>Makes the key of a new pack.</summary>
    public static PackSeal Create(RepositoryKeys keys, PackKind kind)
    {
        ObjectKey key = ObjectKey.Create(keys.PackKey(kind), keys.Repository, FormatVersion.Current);
        ByteWriter header = new();
        header.Bytes(PackLayout.Magic);
        header.U16(FormatVersion.Current);
        header.U8((byte)kind);
        header.Zeros(5);
        header.Bytes(key.Salt);
        header.Bytes(key.Commitment);
        return new PackSeal(key, kind, header.Written.ToArray(), keys.Repository);
    }

    /// <summary>Remakes the key of a pack from its header.</summary>
    /// <exception cref="CorruptDataException">It is no pack's header, or damaged, or another repository's.</exception>
    public static PackSeal Open(RepositoryKeys keys, ReadOnlySpan<byte> header, string objectName)
    {
        ByteReader reader = new(header, objectName);
        if (header.Length < PackLayout.HeaderLength)
        {
            throw new CorruptDataException(objectName, -1, $"{header.Length} bytes are too few for a pack; it is empty or truncated");
        }

        if (!reader.Bytes(PackLayout.Magic.Length).SequenceEqual(PackLayout.Magic))
        {
            throw new CorruptDataException(objectName, 0, "does not begin as a pack does");
        }

        ushort version = reader.U16();
        byte kind = reader.U8();
        if (version != FormatVersion.Current || kind is not ((byte)PackKind.Data or (byte)PackKind.Tree))
        {
            throw new CorruptDataException(objectName, PackLayout.Magic.Length, $"format version {version} and kind {kind} are not known");
        }

        reader.Zeros(5);
        ObjectKey key = ObjectKey.TryOpen(
                keys.PackKey((PackKind)kind), keys.Repository, version,
                reader.Bytes(ObjectKey.SaltLength), reader.Bytes(ObjectKey.CommitmentLength))
            ?? throw new CorruptDataException(objectName, 16, "its key does not fit: damaged, or another repository's");
        return new PackSeal(key, (PackKind)kind, header[..PackLayout.HeaderLength].ToArray(), keys.Repository);
    }

    /// <summary>Seals a record: its header, then its body.</summary>
    /// <param name="entry">The record; its <see cref="PackEntry.StoredLength"/> fits the body.</param>
    /// <param name="body">The compressed plaintext; may already lie where the sealed body goes.</param>
    /// <param name="destination">Takes the record.</param>
    public void SealRecord(in PackEntry entry, ReadOnlySpan<byte> body, Span<byte> destination)
    {
        Span<byte> header = stackalloc byte[PackLayout.RecordHeaderLength];
        RecordHeader.Write(entry, entry.Ordinal, header);
        _key.Seal((uint)entry.Ordinal, SealDomain.RecordHeader, header, destination, Associated(entry.Ordinal));
        _key.Seal((uint)entry.Ordinal, SealDomain.RecordBody, body, destination[PackLayout.SealedRecordHeaderLength..], Associated(entry.Ordinal, header));
    }

    /// <summary>Opens the body of a record whose directory entry is known.</summary>
    /// <param name="entry">The entry, from a footer or an index segment.</param>
    /// <param name="record">The whole record.</param>
    /// <param name="body">Takes the compressed plaintext: as long as the record without <see cref="PackLayout.RecordOverhead"/>.</param>
    /// <returns>Whether the body is authentic and is what the entry says.</returns>
    public bool TryOpenBody(in PackEntry entry, ReadOnlySpan<byte> record, Span<byte> body)
    {
        Span<byte> header = stackalloc byte[PackLayout.RecordHeaderLength];
        RecordHeader.Write(entry, entry.Ordinal, header);
        return _key.TryOpen(
            (uint)entry.Ordinal, SealDomain.RecordBody, record[PackLayout.SealedRecordHeaderLength..], body, Associated(entry.Ordinal, header));
    }

    /// <summary>Opens the header of a record, to find out what lies there without a directory.</summary>
    /// <param name="ordinal">The record's place in the pack.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="sealedHeader">At least the sealed record header.</param>
    /// <param name="entry">What the header says.</param>
    /// <returns>Whether the header is authentic and makes sense.</returns>
    public bool TryOpenRecordHeader(int ordinal, int offset, ReadOnlySpan<byte> sealedHeader, out PackEntry entry)
    {
        Span<byte> header = stackalloc byte[PackLayout.RecordHeaderLength];
        entry = default;
        return _key.TryOpen(
                (uint)ordinal, SealDomain.RecordHeader, sealedHeader[..PackLayout.SealedRecordHeaderLength], header, Associated(ordinal))
            && RecordHeader.TryRead(header, Kind, offset, ordinal, out entry);
    }

    /// <summary>Seals the directory.</summary>
    public void SealFooter(ReadOnlySpan<byte> footer, long offset, Span<byte> destination) =>
        _key.Seal(0, SealDomain.Footer, footer, destination, FooterAssociated(offset));

    /// <summary>Opens the directory.</summary>
    /// <returns>Whether it is authentic.</returns>
    public bool TryOpenFooter(ReadOnlySpan<byte> sealedFooter, long offset, Span<byte> footer) =>
        _key.TryOpen(0, SealDomain.Footer, sealedFooter, footer, FooterAssociated(offset));

    public void Dispose() => _key.Dispose();

    private ReadOnlySpan<byte> Associated(int ordinal)
    {
        int place = Bytes32.Length + PackLayout.HeaderLength;
        BinaryPrimitives.WriteUInt32LittleEndian(_associated.AsSpan(place), (uint)ordinal);
        return _associated.AsSpan(0, place + sizeof(uint));
    }

    private ReadOnlySpan<byte> Associated(int ordinal, ReadOnlySpan<byte> recordHeader)
    {
        recordHeader.CopyTo(_associated.AsSpan(Associated(ordinal).Length));
        return _associated;
    }

    private ReadOnlySpan<byte> FooterAssociated(long offset) => Associated(checked((int)offset));
}
