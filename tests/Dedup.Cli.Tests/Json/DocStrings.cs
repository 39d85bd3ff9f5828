using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dedup.Cli.Json;

namespace Dedup.Cli.Tests.Json;

/// <summary>What the docstrings of the program's types say, as plain text.</summary>
internal static partial class DocStrings
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, typeof(CliJsonContext).Assembly.GetName().Name + ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    public static string Summary(Type type) => Plain(Members["T:" + type.FullName].Element("summary")!);

    /// <summary>What the docstring of a record says of a property.</summary>
    /// <returns><see langword="null"/> when it says nothing.</returns>
    public static string? Property(MemberInfo property) =>
        Members["T:" + property.DeclaringType!.FullName].Elements("param").FirstOrDefault(param => param.Attribute("name")!.Value == property.Name) is { } param
            ? Plain(param)
            : null;

    private static string Plain(XElement element) =>
        Blanks().Replace(string.Concat(element.Nodes().Select(PlainNode)), " ").Trim();

    private static string PlainNode(XNode node) => node switch
    {
        XElement { IsEmpty: true } reference => Referred(reference),
        XElement inner => inner.Value,
        XText text => text.Value,
        _ => "",
    };

    private static string Referred(XElement reference) => (reference.Attribute("cref") ?? reference.Attribute("langword"))!.Value.Split('.')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
