using System.Text;
using Dedup.Trees;

namespace Dedup.WebDav;

/// <summary>Paths in addresses: names of raw bytes, each byte but letters, digits and four signs written as <c>%NN</c>.</summary>
internal static class RequestPath
{
    /// <summary>The names of a path as it stands in a request, without the query.</summary>
    /// <param name="target">The path, before anything was decoded or made shorter.</param>
    /// <returns><see langword="null"/> when it names nothing: <c>.</c> or <c>..</c>, a slash or NUL within a name, a broken escape.</returns>
    public static byte[][]? Parse(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        if (!path.StartsWith('/'))
        {
            return null;
        }

        // As in a file system several slashes are one.
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        byte[][] names = new byte[parts.Length][];
        for (int i = 0; i < parts.Length; i++)
        {
            if (Decode(parts[i]) is not { } name || !EntryName.IsValid(name))
            {
                return null;
            }

            names[i] = name;
        }

        return names;
    }

    /// <summary>Appends a name and, for a directory, a slash.</summary>
    public static void Append(StringBuilder path, EntryName name, bool isDirectory)
    {
        foreach (byte b in name.Bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                path.Append((char)b);
            }
            else
            {
                path.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        path.Append(isDirectory ? "/" : "");
    }

    private static byte[]? Decode(string part)
    {
        byte[] bytes = new byte[part.Length];
        int length = 0;
        for (int i = 0; i < part.Length; i++)
        {
            if (part[i] != '%')
            {
                if (!char.IsAscii(part[i]))
                {
                    return null;
                }

                bytes[length++] = (byte)part[i];
                continue;
            }

            if (i + 2 >= part.Length || !char.IsAsciiHexDigit(part[i + 1]) || !char.IsAsciiHexDigit(part[i + 2]))
            {
                return null;
            }

            bytes[length++] = Convert.FromHexString(part.AsSpan(i + 1, 2))[0];
            i += 2;
        }

        return bytes[..length];
    }
}
