using System.Text;

namespace Dedup.Tests.Format;

/// <summary>The plaintext of the record of a forgotten snapshot, field by field (section 16).</summary>
internal sealed record ForgottenParts
{
    public long When { get; init; } = 1_750_000_000_987_654_300;

    public int WhenOffset { get; init; } = -210;

    public long Time { get; init; } = 1_700_000_000_123_456_700;

    public int TimeOffset { get; init; } = 60;

    public byte[] ByHost { get; init; } = "wächter"u8.ToArray();

    public byte[] Rule { get; init; } = "keep-daily 7"u8.ToArray();

    public List<byte[]> Paths { get; init; } = ["/srv/wwŵ"u8.ToArray(), "/home"u8.ToArray()];

    public List<byte[]> Tags { get; init; } = ["daily"u8.ToArray()];

    public byte[] Extra { get; init; } = [];

    public byte[] Build() => new FieldWriter()
        .I64(When).I16(WhenOffset).I64(Time).I16(TimeOffset)
        .Text(ByHost).Text("by user").Text("dedup 0.1").Text(Rule).Text("höst")
        .U16(Paths.Count).Each(Paths, (writer, path) => writer.Text(path))
        .U16(Tags.Count).Each(Tags, (writer, tag) => writer.Text(tag))
        .Bytes(Extra)
        .ToArray();

    public List<(string Name, string Value)> Values =>
    [
        ("when", $"{When} {WhenOffset}"), ("time", $"{Time} {TimeOffset}"),
        ("by", $"{Encoding.UTF8.GetString(ByHost)}|by user|dedup 0.1"), ("rule", Encoding.UTF8.GetString(Rule)), ("host", "höst"),
        ("paths", string.Join('|', Paths.Select(Encoding.UTF8.GetString))), ("tags", string.Join('|', Tags.Select(Encoding.UTF8.GetString))),
    ];
}
