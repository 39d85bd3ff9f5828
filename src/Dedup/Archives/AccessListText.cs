using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Dedup.Archives;

/// <summary>
/// Turns a POSIX access list, as the kernel keeps it in an extended attribute (linux/posix_acl_xattr.h), into the text of POSIX 1003.1e that tar
/// programs exchange. Users and groups are given by number, which every reader takes.
/// </summary>
internal static class AccessListText
{
    private const uint Version = 2;
    private const int HeaderLength = 4, EntryLength = 8;

    /// <summary>Reads an attribute's value.</summary>
    /// <returns>The text; <see langword="null"/> when the value is no access list.</returns>
    public static byte[]? From(ReadOnlySpan<byte> value)
    {
        if (value.Length <= HeaderLength || (value.Length - HeaderLength) % EntryLength != 0 || BinaryPrimitives.ReadUInt32LittleEndian(value) != Version)
        {
            return null;
        }

        StringBuilder text = new();
        for (ReadOnlySpan<byte> entries = value[HeaderLength..]; !entries.IsEmpty; entries = entries[EntryLength..])
        {
            ushort permissions = BinaryPrimitives.ReadUInt16LittleEndian(entries[2..]);
            if (Qualifier(BinaryPrimitives.ReadUInt16LittleEndian(entries), BinaryPrimitives.ReadUInt32LittleEndian(entries[4..])) is not { } qualifier)
            {
                return null;
            }

            text.Append(text.Length == 0 ? "" : ",")
                .Append(qualifier)
                .Append((permissions & 4) == 0 ? '-' : 'r')
                .Append((permissions & 2) == 0 ? '-' : 'w')
                .Append((permissions & 1) == 0 ? '-' : 'x');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string? Qualifier(ushort tag, uint id) => tag switch
    {
        0x01 => "user::",
        0x02 => string.Create(CultureInfo.InvariantCulture, $"user:{id}:"),
        0x04 => "group::",
        0x08 => string.Create(CultureInfo.InvariantCulture, $"group:{id}:"),
        0x10 => "mask::",
        0x20 => "other::",
        _ => null,
    };
}
