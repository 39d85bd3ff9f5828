using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dedup.Format;

/// <summary>Writes a structure from front to back into a buffer that grows and is used again.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public int Length => _buffer.WrittenCount;

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>The first bytes once more, to fill in what was not known when they were written.</summary>
    public Span<byte> Reserved(int count) =>
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory)[..count].Span;

    public void U8(byte value) => Take(1)[0] = value;

    public void U16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), (ushort)value);

    public void I16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(sizeof(short)), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void U32(int value) => U32((uint)value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void I64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void Length64(long value) => U64((ulong)value);

    public void Id(Bytes32 value) => value.CopyTo(Take(Bytes32.Length));

    public void Id(BlobId value) => value.CopyTo(Take(BlobId.Length));

    public void Id(SnapshotId value) => value.CopyTo(Take(SnapshotId.Length));

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Zeros(int count) => Take(count).Clear();

    /// <summary>Text: its length in bytes (16 bits), then UTF-8.</summary>
    /// <exception cref="ArgumentException">The text is longer than the format allows.</exception>
    public void Text(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        if (length > Limits.MaxTextLength)
        {
            throw new ArgumentException($"'{value[..32]}…' is {length} bytes long; at most {Limits.MaxTextLength} are allowed.", nameof(value));
        }

        U16(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    private Span<byte> Take(int count)
    {
        Span<byte> taken = _buffer.GetSpan(Math.Max(count, 1))[..count];
        _buffer.Advance(count);
        return taken;
    }
}
