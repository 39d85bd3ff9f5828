using System.Globalization;
using System.Security;
using System.Xml;
using Dedup.Browsing;
using Dedup.Trees;

namespace Dedup.WebDav;

/// <summary>The properties of RFC 4918, section 15, that entries have. All lie in the namespace <c>DAV:</c>.</summary>
internal static class DavProperties
{
    public const string Namespace = "DAV:";

    /// <summary>What the root is called, which has no name.</summary>
    public const string RootName = "Snapshots";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["resourcetype", "displayname", "creationdate", "getlastmodified", "getcontentlength", "getcontenttype", "getetag", "supportedlock"];

    /// <summary>The content of a property as XML.</summary>
    /// <returns><see langword="null"/> when the entry has no such property.</returns>
    public static string? Find(ViewEntry entry, string name) => name switch
    {
        "resourcetype" => entry.IsDirectory ? "<D:collection/>" : "",
        "displayname" => entry.Name.Bytes.IsEmpty ? RootName : Escape(entry.Name.ToString()),

        // An entry of a snapshot came to be with the snapshot.
        "creationdate" => (entry.Snapshot?.Time ?? entry.Modified).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "getlastmodified" => entry.Modified.ToString("R", CultureInfo.InvariantCulture),
        "supportedlock" => "",
        _ => entry.Type == NodeType.File ? FindOfFile(entry, name) : null,
    };

    /// <summary>Text as content of an element; what XML cannot hold is replaced.</summary>
    public static string Escape(string text)
    {
        // Surrogates stand in pairs here, since names are decoded from UTF-8.
        string possible = string.Concat(text.Select(static c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\ufffd'));
        return SecurityElement.Escape(possible);
    }

    private static string? FindOfFile(ViewEntry file, string name) => name switch
    {
        "getcontentlength" => file.Size.ToString(CultureInfo.InvariantCulture),
        "getcontenttype" => Escape(FileAnswer.TypeOf(file)),
        "getetag" => FileAnswer.TagOf(file),
        _ => null,
    };
}
