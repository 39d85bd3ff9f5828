using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dedup;

/// <summary>32 bytes by value: what the ids of blobs, packs and index segments are made of.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Bytes32 : IEquatable<Bytes32>, IComparable<Bytes32>
{
    public const int Length = 32;

    private readonly ulong _a, _b, _c, _d;

    public Bytes32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"{Length} bytes are needed, not {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<Bytes32>(bytes);
    }

    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>The first eight bytes as a number in the machine's own order: uniform, hence good for hashing.</summary>
    public ulong Prefix => _a;

    public static bool TryParse(ReadOnlySpan<char> hex, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool valid = Hex.TryDecode(hex, bytes);
        value = valid ? new Bytes32(bytes) : default;
        return valid;
    }

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Bytes32 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    public override int GetHashCode() => unchecked((int)_a);

    /// <summary>Compares as byte strings, the order in which index segments are sorted.</summary>
    public int CompareTo(Bytes32 other)
    {
        int order = Compare(_a, other._a);
        order = order != 0 ? order : Compare(_b, other._b);
        order = order != 0 ? order : Compare(_c, other._c);
        return order != 0 ? order : Compare(_d, other._d);
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());

    private static int Compare(ulong left, ulong right) =>
        BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReverseEndianness(left).CompareTo(BinaryPrimitives.ReverseEndianness(right))
            : left.CompareTo(right);
}
