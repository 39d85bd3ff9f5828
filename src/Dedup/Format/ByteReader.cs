using System.Buffers.Binary;
using System.Text;

namespace Dedup.Format;

/// <summary>Reads a structure from front to back; whatever does not fit is a <see cref="CorruptDataException"/> that names the place.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string objectName)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    public byte U8() => Bytes(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)));

    public short I16() => BinaryPrimitives.ReadInt16LittleEndian(Bytes(sizeof(short)));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    /// <summary>A count or length that a bound limits.</summary>
    public int Count32(long max)
    {
        uint value = U32();
        return value <= max ? (int)value : throw Corrupt($"a count of {value} where at most {max} is allowed");
    }

    /// <inheritdoc cref="Count32"/>
    public int Count16(int max)
    {
        ushort value = U16();
        return value <= max ? value : throw Corrupt($"a count of {value} where at most {max} is allowed");
    }

    /// <summary>A length of 64 bits that must not be negative as a signed number.</summary>
    public long Length64()
    {
        ulong value = U64();
        return value <= long.MaxValue ? (long)value : throw Corrupt("a length beyond 2^63");
    }

    public Bytes32 Id() => new(Bytes(Bytes32.Length));

    public BlobId BlobId() => new(Bytes(Bytes32.Length));

    public SnapshotId SnapshotId() => new(Bytes(Dedup.SnapshotId.Length));

    /// <summary>Text: its length in bytes (16 bits), then UTF-8.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> utf8 = Bytes(Count16(Limits.MaxTextLength));
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw Corrupt("text that is not UTF-8");
        }
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > Remaining)
        {
            throw Corrupt($"{count} bytes are needed and {Remaining} are left");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    /// <summary>Bytes that are reserved and must be zero.</summary>
    public void Zeros(int count)
    {
        if (Bytes(count).ContainsAnyExcept((byte)0))
        {
            throw Corrupt("a reserved byte is not zero");
        }
    }

    public readonly void End()
    {
        if (Remaining != 0)
        {
            throw Corrupt($"{Remaining} bytes too many");
        }
    }

    public readonly CorruptDataException Corrupt(string reason) => new(objectName, _position, reason);
}
