using System.Text;

namespace Dedup.Filtering;

/// <summary>
/// Reads files of patterns: one a line, without the white space around it. Empty lines and those that begin with <c>#</c> do not count.
/// <c>$NAME</c> and <c>${NAME}</c> are replaced by variables of the environment, <c>$$</c> by a dollar sign; <c>~</c> is a character like others.
/// </summary>
public static class PatternFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="file">The file's name, for the exception.</param>
    /// <param name="ignoresCase">Whether upper and lower case count as the same.</param>
    /// <param name="variable">The value of a variable, or <see langword="null"/> when it is not set.</param>
    /// <exception cref="BadPatternException">A line cannot be understood, or names a variable that is not set.</exception>
    public static IReadOnlyList<PathPattern> Parse(ReadOnlySpan<byte> content, string file, bool ignoresCase, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        List<PathPattern> patterns = [];
        int number = 0;
        content = content.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content;
        foreach (Range range in content.Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> line = content[range].Trim(" \t\r\v\f"u8);
            if (!line.IsEmpty && line[0] != (byte)'#')
            {
                string place = $"{file}:{number}";
                patterns.Add(PathPattern.Parse(Expand(line, place, variable), ignoresCase, place));
            }
        }

        return patterns;
    }

    private static byte[] Expand(ReadOnlySpan<byte> line, string place, Func<string, string?> variable)
    {
        List<byte> expanded = new(line.Length);
        while (!line.IsEmpty)
        {
            int dollar = line.IndexOf((byte)'$');
            expanded.AddRange(dollar < 0 ? line : line[..dollar]);
            if (dollar < 0)
            {
                break;
            }

            line = line[(dollar + 1)..];
            if (line.StartsWith((byte)'$'))
            {
                expanded.Add((byte)'$');
                line = line[1..];
                continue;
            }

            ReadOnlySpan<byte> name = TakeName(ref line);
            if (name.IsEmpty)
            {
                expanded.Add((byte)'$');
                continue;
            }

            // A variable that is not set would leave a pattern that means something else: /home/*, say, for $DATA/home/*.
            string text = Encoding.UTF8.GetString(name);
            expanded.AddRange(Encoding.UTF8.GetBytes(variable(text)
                ?? throw new BadPatternException(place, "$" + text, "there is no such variable in the environment: set it, or write $$ for a dollar sign")));
        }

        return [.. expanded];
    }

    /// <summary>Takes the name of a variable off what follows a dollar sign; nothing when none follows.</summary>
    private static ReadOnlySpan<byte> TakeName(ref ReadOnlySpan<byte> line)
    {
        bool isBraced = line.StartsWith((byte)'{');
        ReadOnlySpan<byte> rest = isBraced ? line[1..] : line;
        int length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[length]) || rest[length] == (byte)'_'))
        {
            length++;
        }

        if (length == 0 || (isBraced && !rest[length..].StartsWith((byte)'}')))
        {
            return [];
        }

        line = rest[(length + (isBraced ? 1 : 0))..];
        return rest[..length];
    }
}
