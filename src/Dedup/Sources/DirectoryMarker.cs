using System.Text;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>A file that says of the directory it lies in that its content is not to be backed up. The file itself is, so that it says so after a restore too.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Header">What the file must begin with; empty for an entry of any kind and content.</param>
public sealed record DirectoryMarker(EntryName Name, ReadOnlyMemory<byte> Header)
{
    /// <summary><c>CACHEDIR.TAG</c>, with the header that the Cache Directory Tagging Specification (bford.info/cachedir) asks for.</summary>
    public static DirectoryMarker CacheTag { get; } = Parse("CACHEDIR.TAG:Signature: 8a477f597d28d172789f06886806bc55");

    /// <summary>Reads <c>NAME</c> or <c>NAME:HEADER</c>.</summary>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    public static DirectoryMarker Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new DirectoryMarker(EntryName.FromText(text), default)
            : new DirectoryMarker(EntryName.FromText(text[..colon]), Encoding.UTF8.GetBytes(text[(colon + 1)..]));
    }
}
