using System.Runtime.InteropServices;

namespace Dedup;

/// <summary>The id of a session and of the snapshot that it leaves: 16 random bytes.</summary>
public readonly struct SnapshotId : IEquatable<SnapshotId>
{
    /// <summary>The length of an id in bytes.</summary>
    public const int Length = 16;

    private readonly UInt128 _bytes;

    /// <summary>Makes an id from its 16 bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly 16 bytes.</exception>
    public SnapshotId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"{Length} bytes are needed, not {bytes.Length}.", nameof(bytes));
        }

        _bytes = MemoryMarshal.Read<UInt128>(bytes);
    }

    /// <summary>Whether all bytes are zero, which stands for no snapshot.</summary>
    public bool IsZero => _bytes == 0;

    /// <summary>Makes an id from 32 lower-case hexadecimal digits.</summary>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out SnapshotId id)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool valid = Hex.TryDecode(hex, bytes);
        id = valid ? new SnapshotId(bytes) : default;
        return valid;
    }

    /// <summary>Writes the 16 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in _bytes);

    /// <summary>The 16 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(SnapshotId other) => _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SnapshotId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.GetHashCode();

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>The first eight digits, which are nearly always enough to name a snapshot.</summary>
    public string ToShortString() => ToString()[..8];

    /// <summary>Whether two ids are the same.</summary>
    public static bool operator ==(SnapshotId left, SnapshotId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(SnapshotId left, SnapshotId right) => !left.Equals(right);

    internal static SnapshotId Generate() => new(Randomness.GetBytes(Length));
}
