using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace Dedup.Tests.ApiReference;

/// <summary>The reference of the public API: a page a namespace, made of docstrings.</summary>
internal sealed class ApiPages(IReadOnlyList<Assembly> assemblies)
{
    private const string Generated = "<!-- Made from the docstrings by ApiReferenceTests; change those, not this. -->";

    private readonly XmlDocumentation _documentation = new(assemblies);

    /// <summary>The public members without documentation.</summary>
    public List<string> Undocumented { get; } = [];

    /// <summary>The pages by the names of their files.</summary>
    public SortedDictionary<string, string> Make()
    {
        SortedDictionary<string, string> pages = new(StringComparer.Ordinal);
        StringBuilder index = new($"{Generated}\n# API reference\nEvery public type, by package and namespace. How they play together: [embedding.md](../embedding.md).\n");
        foreach (Assembly assembly in assemblies)
        {
            index.Append($"\n## {assembly.GetName().Name}\n");
            foreach (IGrouping<string?, Type> group in assembly.GetExportedTypes().Where(static type => !type.IsNested)
                .OrderBy(static type => type.Name, StringComparer.Ordinal).GroupBy(static type => type.Namespace).OrderBy(static group => group.Key, StringComparer.Ordinal))
            {
                index.Append($"- [{group.Key}]({group.Key}.md): {string.Join(", ", group.Select(static type => NameOf(type)))}\n");

                // Two packages may have types of one namespace.
                string page = $"{group.Key}.md";
                pages[page] = $"{pages.GetValueOrDefault(page, $"{Generated}\n# {group.Key}\n[All namespaces](README.md)\n")}{string.Concat(group.Select(Describe))}";
            }
        }

        pages["README.md"] = index.ToString();
        return pages;
    }

    private string Describe(Type type)
    {
        XElement? documentation = Require(type, NameOf(type));
        StringBuilder text = new($"\n## {NameOf(type)}\n`{Signature.KindOf(type)}{Bases(type)}`\n\n{_documentation.Text(documentation?.Element("summary"))}\n");
        if (_documentation.Text(documentation?.Element("remarks")) is { Length: > 0 } remarks)
        {
            text.Append($"\n{remarks}\n");
        }

        foreach (MemberInfo member in MembersOf(type))
        {
            text.Append(Describe(type, documentation, member));
        }

        return text.ToString();
    }

    private string Describe(Type type, XElement? ofType, MemberInfo member)
    {
        // What a positional record is made of is documented with the record.
        XElement? parameter = ofType?.Elements("param").FirstOrDefault(element => element.Attribute("name")?.Value == member.Name);
        if (member is ConstructorInfo && IsPrimary((ConstructorInfo)member, ofType))
        {
            return $"\n- `{Signature.Of(member)}`\n";
        }

        XElement? documentation = parameter ?? Require(member, $"{NameOf(type)}.{member.Name}");
        if (documentation is null)
        {
            return "";
        }

        if (XmlDocumentation.IsInherited(documentation))
        {
            // What Dedup's own types declare stands there.
            return PlatformBase(type) is { } platform ? $"\n- `{Signature.Of(member)}`  \n  As `{platform.Name}` says.\n" : "";
        }

        StringBuilder text = new($"\n- `{Signature.Of(member)}`  \n  {_documentation.Text(documentation.Element("summary") ?? documentation)}{Default(type, member)}\n");
        foreach (XElement part in documentation.Elements())
        {
            string content = _documentation.Text(part);
            text.Append(part.Name.LocalName switch
            {
                _ when content.Length == 0 => "",
                "param" => $"  - `{part.Attribute("name")?.Value}`: {content}\n",
                "returns" => $"  - Returns: {content}\n",
                "remarks" => $"  - {content}\n",
                "exception" => $"  - Throws `{part.Attribute("cref")?.Value.Split('.')[^1]}`: {content}\n",
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>What an option is when nobody says anything, where that is the same on every machine.</summary>
    private static string Default(Type type, MemberInfo member)
    {
        if (member is not PropertyInfo { SetMethod.IsPublic: true } property || property.IsDefined(typeof(RequiredMemberAttribute)) || property.GetMethod!.IsStatic
            || !type.Name.EndsWith("Options", StringComparison.Ordinal) || type.GetConstructor([]) is null || IsOfThisMachine(property.Name))
        {
            return "";
        }

        object? value = property.GetValue(Activator.CreateInstance(type));
        return value is bool or int or long or double or TimeSpan or Enum ? $" Default: `{Signature.Constant(value, property.PropertyType)}`." : "";
    }

    private static bool IsOfThisMachine(string property) => property.EndsWith("Concurrency", StringComparison.Ordinal);

    private static Type? PlatformBase(Type type) =>
        type.BaseType is { } declared && declared != typeof(object) && !type.IsValueType && declared.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && declared != typeof(Exception) ? declared : null;

    private XElement? Require(MemberInfo member, string name)
    {
        XElement? found = _documentation.Find(member);
        bool isDocumented = found is not null && (XmlDocumentation.IsInherited(found) || found.Element("summary") is { Value.Length: > 0 } || found.Elements("param").Any());

        // The names of tests are sentences, and constructors without arguments need none.
        bool needsNone = member.IsDefined(typeof(FactAttribute), inherit: true) || member is ConstructorInfo constructor && constructor.GetParameters().Length == 0;
        if (!isDocumented && !needsNone)
        {
            Undocumented.Add(name);
        }

        return isDocumented ? found : member.IsDefined(typeof(FactAttribute), inherit: true) ? new XElement("member", new XElement("summary", member.Name.Replace('_', ' ') + ".")) : null;
    }

    private static bool IsPrimary(ConstructorInfo constructor, XElement? ofType) => ofType is not null
        && constructor.GetParameters() is { Length: > 0 } parameters
        && parameters.All(parameter => ofType.Elements("param").Any(element => element.Attribute("name")?.Value == parameter.Name));

    private static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<MemberInfo> members = type.GetMembers(declared).Where(static member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
        {
            FieldInfo field => field.IsPublic && !field.IsSpecialName,
            PropertyInfo property => IsOpen(property.GetMethod),
            ConstructorInfo constructor => IsOpen(constructor),
            MethodInfo method => IsOpen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.StartsWith('<'),
            _ => false,
        });
        return type.IsEnum
            ? members.OfType<FieldInfo>().OrderBy(static field => Convert.ToInt64(field.GetRawConstantValue(), null))
            : members.OrderBy(static member => member is ConstructorInfo ? 0 : member is FieldInfo ? 1 : member is PropertyInfo ? 2 : 3)
                .ThenBy(static member => member.Name, StringComparer.Ordinal).ThenBy(static member => DocumentationId.Of(member), StringComparer.Ordinal);
    }

    private static bool IsOpen(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string NameOf(Type type) => Signature.NameOf(type);

    private static string Bases(Type type)
    {
        IEnumerable<Type> bases = type.GetInterfaces().Where(static i => i.IsPublic && i.Namespace!.StartsWith("Dedup", StringComparison.Ordinal)).OrderBy(static i => i.Name, StringComparer.Ordinal);
        string[] names = [.. (type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) ? bases.Prepend(b) : bases).Select(NameOf)];
        return names.Length == 0 ? "" : " : " + string.Join(", ", names);
    }
}
