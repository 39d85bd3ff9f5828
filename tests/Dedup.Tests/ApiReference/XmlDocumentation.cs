using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dedup.Tests.ApiReference;

/// <summary>The docstrings of assemblies, from the files that the compiler writes beside them, as Markdown.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members = [];
    private readonly Dictionary<string, string> _pages = [];

    public XmlDocumentation(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            foreach (XElement member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            {
                _members[member.Attribute("name")!.Value] = member;
            }

            foreach (Type type in assembly.GetExportedTypes())
            {
                _pages[DocumentationId.Of(type)] = $"{type.Namespace}.md#{type.Name.ToLowerInvariant()}";
            }
        }
    }

    /// <summary>The docstring of a type or member, or of what it inherits its own from by name; <see langword="null"/> when it has none.</summary>
    public XElement? Find(MemberInfo member)
    {
        _members.TryGetValue(DocumentationId.Of(member), out XElement? found);
        return found?.Element("inheritdoc")?.Attribute("cref")?.Value is { } other && _members.TryGetValue(other, out XElement? inherited)
            ? new XElement("member", inherited.Elements().Where(element => !found.Elements(element.Name).Any()), found.Elements().Where(static element => element.Name != "inheritdoc"))
            : found;
    }

    /// <summary>Whether a member only says that its documentation is that of what it overrides or implements.</summary>
    public static bool IsInherited(XElement documentation) => documentation.Element("inheritdoc") is { } inherited && inherited.Attribute("cref") is null;

    /// <summary>The content of an element on one line; empty for none.</summary>
    public string Text(XElement? element) => element is null ? "" : Blanks().Replace(Render(element), " ").Trim();

    private string Render(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal),
                XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("langword") is { } word => $"`{word.Value}`",
                XElement { Name.LocalName: "see" or "seealso" } see => Link(see.Attribute("cref")?.Value ?? ""),
                XElement { Name.LocalName: "paramref" or "typeparamref" } reference => $"`{reference.Attribute("name")?.Value}`",
                XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value.Replace("|", "\\|", StringComparison.Ordinal)}`",
                XElement other => Render(other) + " ",
                _ => "",
            });
        }

        return text.ToString();
    }

    private string Link(string id)
    {
        string name = Arguments().Replace(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], "").Replace("#ctor", "new", StringComparison.Ordinal);
        string[] parts = name.Split('.');
        if (id.StartsWith("T:", StringComparison.Ordinal))
        {
            return Linked(parts[^1].Split('`')[0], id);
        }

        // A member leads to its type.
        return Linked($"{parts[^2].Split('`')[0]}.{parts[^1].Split('`')[0]}", "T:" + string.Join('.', parts[..^1]));
    }

    private string Linked(string text, string type) => _pages.TryGetValue(type, out string? page) ? $"[`{text}`]({page})" : $"`{text}`";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\(.*\)|\{.*\}")]
    private static partial Regex Arguments();
}
