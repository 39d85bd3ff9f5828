using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Dedup.Trees;

namespace Dedup.Archives;

/// <summary>
/// An entry of a zip (PKWARE's APPNOTE 6.3): what its header and its line in the central directory say. Sizes and checksum of content come behind it, in a
/// data descriptor, as they are not known before.
/// </summary>
internal sealed class ZipEntry
{
    // Flags: sizes come behind the content; the name is UTF-8.
    private const ushort Streamed = 1 << 3, NamedInUtf8 = 1 << 11;
    private const ushort Stored = 0, Deflated = 8;

    // 4.5 of the format, made on Unix (3): the upper half of the external attributes is the mode.
    private const ushort MadeBy = (3 << 8) | 45, NeedsDeflate = 20, NeedsZip64 = 45;
    private const uint DirectoryOfDos = 0x10;

    private const ushort Zip64Extra = 0x0001, TimeExtra = 0x5455, OwnerExtra = 0x7875;

    private readonly byte[] _name;
    private readonly NodeMetadata _metadata;
    private readonly bool _isStreamed, _isZip64;

    /// <exception cref="ArgumentException">The path is longer than 65,535 bytes.</exception>
    public ZipEntry(ArchiveEntry entry)
    {
        _metadata = entry.Metadata;
        _name = _metadata.Type == NodeType.Directory ? [.. entry.Path, (byte)'/'] : entry.Path;
        if (_name.Length > ushort.MaxValue)
        {
            throw new ArgumentException("The path is longer than a zip can hold.", nameof(entry));
        }

        _isStreamed = _metadata.Type == NodeType.File && _metadata.Size > 0;
        // Deflate makes what does not compress longer, by less than this.
        _isZip64 = _isStreamed && _metadata.Size >= uint.MaxValue - (uint.MaxValue >> 6);
    }

    /// <summary>Where in the archive the header begins.</summary>
    public long Offset { get; set; }

    /// <summary>The checksum of the content.</summary>
    public uint Crc { get; set; }

    /// <summary>The length of the content as it lies in the archive, and as it was.</summary>
    public long StoredLength { get; set; }

    /// <inheritdoc cref="StoredLength"/>
    public long PlainLength { get; set; }

    /// <summary>The header that goes before the content.</summary>
    public byte[] ToLocalHeader()
    {
        byte[] extra = Extra(_isZip64 ? new byte[16] : []);
        byte[] header = new byte[30 + _name.Length + extra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x0403_4B50);
        WriteCommon(header.AsSpan(4), extra);
        if (_isStreamed)
        {
            header.AsSpan(14, 12).Clear();
        }

        if (_isZip64)
        {
            header.AsSpan(18, 8).Fill(0xFF);
        }

        _name.CopyTo(header, 30);
        extra.CopyTo(header, 30 + _name.Length);
        return header;
    }

    /// <summary>The data descriptor that goes behind the content.</summary>
    public byte[] ToDescriptor()
    {
        byte[] descriptor = new byte[_isZip64 ? 24 : 16];
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, 0x0807_4B50);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(4), Crc);
        if (_isZip64)
        {
            BinaryPrimitives.WriteInt64LittleEndian(descriptor.AsSpan(8), StoredLength);
            BinaryPrimitives.WriteInt64LittleEndian(descriptor.AsSpan(16), PlainLength);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(8), checked((uint)StoredLength));
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(12), checked((uint)PlainLength));
        }

        return descriptor;
    }

    /// <summary>The entry's line in the central directory.</summary>
    public byte[] ToDirectoryLine()
    {
        bool isFar = Offset >= uint.MaxValue;
        byte[] zip64 = new byte[(_isZip64 ? 16 : 0) + (isFar ? 8 : 0)];
        if (_isZip64)
        {
            BinaryPrimitives.WriteInt64LittleEndian(zip64, PlainLength);
            BinaryPrimitives.WriteInt64LittleEndian(zip64.AsSpan(8), StoredLength);
        }

        if (isFar)
        {
            BinaryPrimitives.WriteInt64LittleEndian(zip64.AsSpan(^8..), Offset);
        }

        byte[] extra = Extra(zip64);
        byte[] line = new byte[46 + _name.Length + extra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(line, 0x0201_4B50);
        BinaryPrimitives.WriteUInt16LittleEndian(line.AsSpan(4), MadeBy);
        WriteCommon(line.AsSpan(6), extra);
        uint type = _metadata.Type switch { NodeType.Directory => 0x4000u, NodeType.SymbolicLink => 0xA000, _ => 0x8000 };
        BinaryPrimitives.WriteUInt32LittleEndian(
            line.AsSpan(38), ((type | _metadata.Mode) << 16) | (_metadata.Type == NodeType.Directory ? DirectoryOfDos : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(line.AsSpan(42), isFar ? uint.MaxValue : (uint)Offset);
        _name.CopyTo(line, 46);
        extra.CopyTo(line, 46 + _name.Length);
        return line;
    }

    /// <summary>Writes the fields that header and line share, from the version needed to the length of the extra fields.</summary>
    private void WriteCommon(Span<byte> fields, byte[] extra)
    {
        bool isUtf8 = !Ascii.IsValid(_name) && Utf8.IsValid(_name);
        BinaryPrimitives.WriteUInt16LittleEndian(fields, _isZip64 || Offset >= uint.MaxValue ? NeedsZip64 : NeedsDeflate);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], (ushort)((_isStreamed ? Streamed : 0) | (isUtf8 ? NamedInUtf8 : 0)));
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], _isStreamed ? Deflated : Stored);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[6..], TimeOfDos());
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], _isZip64 ? uint.MaxValue : checked((uint)StoredLength));
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], _isZip64 ? uint.MaxValue : checked((uint)PlainLength));
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)_name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[24..], (ushort)extra.Length);
    }

    /// <summary>Years from 1980 in steps of two seconds; readers that know the extra field for times do not look at it.</summary>
    private uint TimeOfDos()
    {
        DateTimeOffset time = UnixTime.ToDateTimeOffset(_metadata.ModifiedNs);
        return time.Year < 1980 ? (1 << 21) | (1 << 16)
            : time.Year > 2107 ? (127u << 25) | (12 << 21) | (31 << 16)
            : ((uint)(time.Year - 1980) << 25) | ((uint)time.Month << 21) | ((uint)time.Day << 16)
                | ((uint)time.Hour << 11) | ((uint)time.Minute << 5) | ((uint)time.Second >> 1);
    }

    /// <summary>The extra fields: long sizes, the time in seconds since 1970 as far as 32 bits reach (Info-ZIP's UT), and the owner (its ux).</summary>
    private byte[] Extra(byte[] zip64)
    {
        (long seconds, long fraction) = Math.DivRem(_metadata.ModifiedNs, 1_000_000_000);
        seconds -= fraction < 0 ? 1 : 0;
        bool hasTime = seconds is >= int.MinValue and <= int.MaxValue;
        byte[] extra = new byte[(zip64.Length > 0 ? 4 + zip64.Length : 0) + (hasTime ? 9 : 0) + 15];
        Span<byte> left = extra;
        if (zip64.Length > 0)
        {
            zip64.CopyTo(Field(ref left, Zip64Extra, zip64.Length));
        }

        if (hasTime)
        {
            Span<byte> time = Field(ref left, TimeExtra, 5);
            time[0] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(time[1..], (int)seconds);
        }

        Span<byte> owner = Field(ref left, OwnerExtra, 11);
        owner[0] = 1;
        owner[1] = owner[6] = sizeof(uint);
        BinaryPrimitives.WriteUInt32LittleEndian(owner[2..], _metadata.UserId);
        BinaryPrimitives.WriteUInt32LittleEndian(owner[7..], _metadata.GroupId);
        return extra;
    }

    private static Span<byte> Field(ref Span<byte> left, ushort id, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(left, id);
        BinaryPrimitives.WriteUInt16LittleEndian(left[2..], (ushort)length);
        Span<byte> field = left.Slice(4, length);
        left = left[(4 + length)..];
        return field;
    }
}
