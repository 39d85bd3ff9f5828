using System.Text;

namespace Dedup.Trees;

/// <summary>
/// The name of a directory entry as the file system has it: raw bytes, UTF-8 on most systems but not by any rule.
/// Never empty, <c>.</c> or <c>..</c>, and free of slashes and NUL, so that a name cannot lead out of its directory.
/// </summary>
public readonly struct EntryName : IEquatable<EntryName>, IComparable<EntryName>
{
    private readonly byte[]? _bytes;

    private EntryName(byte[] bytes) => _bytes = bytes;

    /// <summary>The bytes of the name.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Makes a name of a copy of the bytes.</summary>
    /// <exception cref="ArgumentException">The bytes cannot be a name.</exception>
    public static EntryName FromBytes(ReadOnlySpan<byte> bytes) =>
        IsValid(bytes)
            ? new EntryName(bytes.ToArray())
            : throw new ArgumentException($"'{Display(bytes)}' cannot be the name of a directory entry.", nameof(bytes));

    /// <summary>Makes a name of text, as UTF-8.</summary>
    /// <exception cref="ArgumentException">The text cannot be a name.</exception>
    public static EntryName FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether the bytes can be a name.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= Limits.MaxNameLength
        && bytes.IndexOfAny((byte)'/', (byte)0) < 0
        && !bytes.SequenceEqual("."u8)
        && !bytes.SequenceEqual(".."u8);

    /// <summary>Renders bytes for people: UTF-8 where it is, and <c>\xNN</c> for control characters, for the backslash and for what is not UTF-8.</summary>
    public static string Display(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (valid && rune.Value != '\\' && !Rune.IsControl(rune) && !IsInvisible(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (byte b in bytes[..length])
                {
                    text.Append($"\\x{b:x2}");
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(EntryName other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntryName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Compares as byte strings, the order in which a tree lists its entries.</summary>
    public int CompareTo(EntryName other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>The name for people, as <see cref="Display"/> renders it; not reversible into bytes by this library.</summary>
    public override string ToString() => Display(Bytes);

    /// <summary>Whether two names are the same.</summary>
    public static bool operator ==(EntryName left, EntryName right) => left.Equals(right);

    /// <summary>Whether two names differ.</summary>
    public static bool operator !=(EntryName left, EntryName right) => !left.Equals(right);

    /// <summary>Whether one name sorts before another.</summary>
    public static bool operator <(EntryName left, EntryName right) => left.CompareTo(right) < 0;

    /// <summary>Whether one name sorts after another.</summary>
    public static bool operator >(EntryName left, EntryName right) => left.CompareTo(right) > 0;

    /// <summary>Whether one name sorts before another or is the same.</summary>
    public static bool operator <=(EntryName left, EntryName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one name sorts after another or is the same.</summary>
    public static bool operator >=(EntryName left, EntryName right) => left.CompareTo(right) >= 0;

    // Format characters turn text around or hide it on a terminal: a name must not be able to.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
