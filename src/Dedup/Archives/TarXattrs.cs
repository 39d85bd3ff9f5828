using Dedup.Trees;

namespace Dedup.Archives;

/// <summary>Puts extended attributes and access lists into the extended header of a tar entry.</summary>
internal static class TarXattrs
{
    /// <summary>Adds a record for each attribute.</summary>
    public static void Add(PaxRecords records, IEnumerable<ExtendedAttribute> xattrs)
    {
        foreach (ExtendedAttribute xattr in xattrs)
        {
            ReadOnlySpan<byte> name = xattr.Name;
            bool isAccess = name.SequenceEqual("system.posix_acl_access"u8), isDefault = name.SequenceEqual("system.posix_acl_default"u8);
            if ((isAccess || isDefault) && AccessListText.From(xattr.Value) is { } text)
            {
                records.Add(isAccess ? "SCHILY.acl.access"u8 : "SCHILY.acl.default"u8, text);
            }
            else
            {
                records.Add([.. "SCHILY.xattr."u8, .. Escape(name)], xattr.Value);
            }
        }
    }

    // As GNU tar does it: an equals sign would end the keyword.
    private static byte[] Escape(ReadOnlySpan<byte> name)
    {
        List<byte> escaped = new(name.Length);
        foreach (byte b in name)
        {
            escaped.AddRange(b switch
            {
                (byte)'%' => "%25"u8,
                (byte)'=' => "%3D"u8,
                _ => [b],
            });
        }

        return [.. escaped];
    }
}
