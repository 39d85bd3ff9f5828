using System.Globalization;
using System.Text;

namespace Dedup.Tests.Format;

/// <summary>
/// One vector: an object or structure, what a reader needs to know of it besides its bytes, and what the reader must do.
/// The file is a header of "name: value" lines, an empty line, and the bytes in hex.
/// </summary>
/// <param name="Kind">What it is; the first part of the file's name.</param>
/// <param name="Name">The case; the second part.</param>
/// <param name="Rule">The rule of format-spec.md that it tests.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Values">What a reader finds, or null when it must reject.</param>
internal sealed record FormatVector(string Kind, string Name, string Rule, byte[] Content, IReadOnlyList<(string Name, string Value)>? Values)
{
    private const int DigitsInLine = 128;

    /// <summary>What a reader must know: "id" of a session or snapshot, "number" and "step" of a record, "password", "level" and so on.</summary>
    public IReadOnlyList<(string Name, string Value)> Context { get; init; } = [];

    public string FileName => $"{Kind}.{Name.Replace(' ', '-')}.txt";

    public string this[string name] => Context.Single(line => line.Name == name).Value;

    public string ToText()
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        Line("kind", Kind);
        Line("case", Name);
        Line("rule", Rule);
        Line("repository", Convert.ToHexStringLower(VectorKeys.RepositoryId));
        Line("master key", Convert.ToHexStringLower(VectorKeys.MasterKey));
        foreach ((string name, string value) in Context)
        {
            Line("given " + name, value);
        }

        Line("expect", Values is null ? "reject" : "accept");
        foreach ((string name, string value) in Values ?? [])
        {
            Line("value " + name, value);
        }

        text.Append('\n');
        string hex = Convert.ToHexStringLower(Content);
        for (int start = 0; start < hex.Length; start += DigitsInLine)
        {
            text.Append(hex.AsSpan(start, Math.Min(DigitsInLine, hex.Length - start))).Append('\n');
        }

        return text.ToString();
    }

    public static FormatVector Parse(string text)
    {
        string[] parts = text.Split("\n\n", 2);
        List<(string Name, string Value)> lines =
            [.. parts[0].Split('\n').Select(line => line.Split(": ", 2)).Select(line => (line[0], line[1]))];
        string Single(string name) => lines.Single(line => line.Name == name).Value;
        List<(string Name, string Value)> Prefixed(string prefix) =>
            [.. lines.Where(line => line.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(line => (line.Name[prefix.Length..], line.Value))];
        return new FormatVector(
            Single("kind"), Single("case"), Single("rule"), Convert.FromHexString(parts[1].Replace("\n", "", StringComparison.Ordinal)),
            Single("expect") == "accept" ? Prefixed("value ") : null)
        {
            Context = Prefixed("given "),
        };
    }
}
