using System.Buffers;
using System.Runtime.CompilerServices;

namespace Dedup.Storage;

/// <summary>
/// The name of an object: a path of one or two parts, such as <c>config</c> or <c>packs/3f…</c>.
/// A part holds 1 to 128 characters of <c>a-z</c>, <c>0-9</c>, <c>-</c> and <c>.</c>, and starts with a letter or a digit,
/// so that a name is the same on every file system and in every bucket and never leaves its store.
/// A name of one part must not be the first part of others: on a file system that is a folder.
/// </summary>
public readonly record struct ObjectName
{
    private const int MaxPartLength = 128;

    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private readonly string? _value;

    private ObjectName(string value) => _value = value;

    /// <summary>The whole name, parts joined by a slash.</summary>
    public string Value => _value ?? throw new InvalidOperationException("The default ObjectName names nothing.");

    /// <summary>The first part of a name of two parts; empty for a name of one.</summary>
    public string Folder => Value.LastIndexOf('/') is var slash and >= 0 ? Value[..slash] : "";

    /// <summary>The last part.</summary>
    public string Leaf => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>Makes a name from text.</summary>
    /// <exception cref="ArgumentException">The text is not a name.</exception>
    public static ObjectName Parse(string value) =>
        TryParse(value, out ObjectName name)
            ? name
            : throw new ArgumentException($"'{value}' is not an object name.", nameof(value));

    /// <summary>Makes a name from text when the text is one.</summary>
    public static bool TryParse(string value, out ObjectName name)
    {
        ArgumentNullException.ThrowIfNull(value);
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        bool valid = slash < 0 ? IsPart(value) : IsPart(value.AsSpan(0, slash)) && IsPart(value.AsSpan(slash + 1));
        name = valid ? new ObjectName(value) : default;
        return valid;
    }

    /// <summary>Whether the text can be one part of a name.</summary>
    public static bool IsPart(ReadOnlySpan<char> part) =>
        part.Length is > 0 and <= MaxPartLength
        && char.IsAsciiLetterOrDigit(part[0])
        && part.IndexOfAnyExcept(PartCharacters) < 0;

    /// <summary>Throws unless the text can be asked for in a listing: empty, or one part of a name.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void ThrowIfNotFolder(string folder, [CallerArgumentExpression(nameof(folder))] string? paramName = null)
    {
        ArgumentNullException.ThrowIfNull(folder, paramName);
        if (folder.Length > 0 && !IsPart(folder))
        {
            throw new ArgumentException($"'{folder}' is not a folder of objects.", paramName);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}
