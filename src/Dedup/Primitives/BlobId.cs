namespace Dedup;

/// <summary>The keyed hash of a blob's kind, length and plaintext: equal blobs of one repository have equal ids.</summary>
public readonly struct BlobId : IEquatable<BlobId>, IComparable<BlobId>
{
    /// <summary>The length of an id in bytes.</summary>
    public const int Length = Bytes32.Length;

    private readonly Bytes32 _bytes;

    /// <summary>Makes an id from its 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32 bytes.</exception>
    public BlobId(ReadOnlySpan<byte> bytes) => _bytes = new Bytes32(bytes);

    private BlobId(Bytes32 bytes) => _bytes = bytes;

    /// <summary>Whether all bytes are zero, which no id is.</summary>
    public bool IsZero => _bytes.IsZero;

    internal Bytes32 Bytes => _bytes;

    /// <summary>Makes an id from 64 lower-case hexadecimal digits.</summary>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out BlobId id)
    {
        bool valid = Bytes32.TryParse(hex, out Bytes32 bytes);
        id = new BlobId(bytes);
        return valid;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short.</exception>
    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <inheritdoc/>
    public bool Equals(BlobId other) => _bytes.Equals(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BlobId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.GetHashCode();

    /// <summary>Compares as byte strings.</summary>
    public int CompareTo(BlobId other) => _bytes.CompareTo(other._bytes);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _bytes.ToString();

    /// <summary>Whether two ids are the same.</summary>
    public static bool operator ==(BlobId left, BlobId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(BlobId left, BlobId right) => !left.Equals(right);

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(BlobId left, BlobId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(BlobId left, BlobId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts before another or is the same.</summary>
    public static bool operator <=(BlobId left, BlobId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another or is the same.</summary>
    public static bool operator >=(BlobId left, BlobId right) => left.CompareTo(right) >= 0;
}
