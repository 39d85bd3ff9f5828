using System.Buffers.Binary;
using System.Text;

namespace Dedup.FormatReader;

/// <summary>Reads the fields of one structure in order (section 1).</summary>
public ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length)
        {
            throw new RejectedException($"The structure ends {length - _rest.Length} bytes too early.");
        }

        ReadOnlySpan<byte> field = _rest[..length];
        _rest = _rest[length..];
        return field;
    }

    public byte U8() => Bytes(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>A length, count or sum of 64 bits, which stays below 2^63 (section 2).</summary>
    public ulong Length64()
    {
        ulong length = U64();
        Limits.Check(length, long.MaxValue, "length or count");
        return length;
    }

    public short I16() => BinaryPrimitives.ReadInt16LittleEndian(Bytes(2));

    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    /// <summary>An id of 32 bytes, as hex: hex strings sort as the bytes do.</summary>
    public string Id() => Convert.ToHexStringLower(Bytes(32));

    public string Text()
    {
        int length = U16();
        Limits.Check((ulong)length, Limits.Text, "length of a text");
        return Utf8(Bytes(length));
    }

    /// <summary>Paths or tags: their number, then each.</summary>
    public List<string> Texts(int bound)
    {
        ushort count = U16();
        Limits.Check(count, (ulong)bound, "number of paths or tags");
        var texts = new List<string>();
        for (int i = 0; i < count; i++)
        {
            texts.Add(Text());
        }

        return texts;
    }

    public void Reserved(int length)
    {
        if (Bytes(length).ContainsAnyExcept((byte)0))
        {
            throw new RejectedException("Reserved bytes are not zero.");
        }
    }

    public void Magic(string magic)
    {
        if (!Bytes(8).SequenceEqual(Encoding.ASCII.GetBytes(magic)))
        {
            throw new RejectedException($"The object does not begin with {magic}.");
        }
    }

    public void Version()
    {
        ushort version = U16();
        if (version != 1)
        {
            throw new UnsupportedException($"Format version {version} is not known.");
        }
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new RejectedException($"{_rest.Length} bytes are left over at the end of the structure.");
        }
    }

    public static string Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new RejectedException("A text is not well-formed UTF-8.");
        }
    }
}
