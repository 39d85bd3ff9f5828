using System.Buffers.Binary;

namespace Dedup.Fuzz;

/// <summary>Reads choices from an input, so that any bytes are a script of something valid; what is beyond its end reads as zero.</summary>
internal ref struct InputReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>All that was not read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1) is [byte value] ? value : (byte)0;

    public ushort Short()
    {
        Span<byte> two = stackalloc byte[sizeof(ushort)];
        Take(two.Length).CopyTo(two);
        return BinaryPrimitives.ReadUInt16LittleEndian(two);
    }

    public long Long()
    {
        Span<byte> eight = stackalloc byte[sizeof(long)];
        Take(eight.Length).CopyTo(eight);
        return BinaryPrimitives.ReadInt64LittleEndian(eight);
    }

    /// <summary>A number from 0 up to, not including, a bound of at most 65,536.</summary>
    public int Below(int bound) => bound <= 256 ? Byte() % bound : Short() % bound;

    /// <summary>As many bytes as there are, up to a number.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..Math.Min(count, _rest.Length)];
        _rest = _rest[taken.Length..];
        return taken;
    }

    /// <summary>A length byte, and that many bytes.</summary>
    public ReadOnlySpan<byte> Piece() => Take(Byte());
}
