using System.Text;
using Dedup.Policy.Reading;

namespace Dedup.Policy.Tests.Documentation;

/// <summary>Writes the part of docs/policy.md that tells every key, from the reader's table of keys.</summary>
internal static class PolicyReference
{
    public static string Write()
    {
        StringBuilder text = new();
        foreach (PolicySection section in PolicySections.All)
        {
            text.Append($"### {section.Name}\n{section.Description}");
            text.Append(section.Short is { } key ? $" One value alone stands for `{key.Name}`.\n\n" : "\n\n");
            text.Append("| key | value | what it says | default |\n|---|---|---|---|\n");
            foreach (PolicyKey row in section.Keys)
            {
                text.Append($"| `{row.Name}` | {Cell(Value(row))} | {Cell(row.Description)} Example: `{Cell(row.Example)}` | {Cell(row.Default ?? "**required**")} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Value(PolicyKey key)
    {
        string single = key.Kind switch
        {
            ValueKind.Section => $"[{key.Section!.Name}](#{key.Section.Name})",
            ValueKind.NamedSections => $"names, each with a [{key.Section!.Name}](#{key.Section.Name})",
            ValueKind.Choice => string.Join(", ", key.Choices.Select(static choice => $"`{choice}`")),
            ValueKind.Boolean => "`true` or `false`",
            ValueKind.Command => "command",
            ValueKind.Path => "absolute path",
            ValueKind.Place => "place",
            ValueKind.Loopback => "address and port",
            ValueKind.Integer => "number",
            ValueKind.Count => "number, or `all`",
            _ => key.Kind.ToString().ToLowerInvariant(),
        };
        return key.IsList ? $"{single}, or a list" : single;
    }
}
