using System.Buffers.Binary;
using System.Text;

namespace Dedup.Tests.Format;

/// <summary>Writes fields in the order of format-spec.md, of any value: vectors need wrong ones too.</summary>
internal sealed class FieldWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public FieldWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public FieldWriter Zeros(int count) => Bytes(new byte[count]);

    public FieldWriter Ascii(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    public FieldWriter Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public FieldWriter Text(byte[] text) => U16(text.Length).Bytes(text);

    public FieldWriter U8(int value) => Bytes((byte)value);

    public FieldWriter U16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return Bytes(bytes);
    }

    public FieldWriter I16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value);
        return Bytes(bytes);
    }

    public FieldWriter U32(long value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return Bytes(bytes);
    }

    public FieldWriter U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    public FieldWriter I64(long value) => U64(unchecked((ulong)value));

    public FieldWriter Each<T>(IEnumerable<T> items, Action<FieldWriter, T> write)
    {
        foreach (T item in items)
        {
            write(this, item);
        }

        return this;
    }
}
