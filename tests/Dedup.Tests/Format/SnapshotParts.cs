using System.Text;

namespace Dedup.Tests.Format;

/// <summary>The plaintext of a snapshot, field by field (section 15).</summary>
internal sealed record SnapshotParts
{
    public int Decision { get; init; } = 1;

    public int Reserved { get; init; }

    public int Offset { get; init; } = 60;

    public long SequenceNumber { get; init; }

    public long Time { get; init; } = 1_700_000_000_123_456_700;

    public long Duration { get; init; } = 1_500_000_000;

    public byte[] RootTree { get; init; } = VectorKeys.Id(0x11);

    public byte[] PreviousOfClient { get; init; } = new byte[16];

    public byte[] TimeZone { get; init; } = "Europe/Amsterdam"u8.ToArray();

    public List<byte[]> Paths { get; init; } = ["/srv/wwŵ"u8.ToArray(), "/home"u8.ToArray()];

    public List<byte[]> Tags { get; init; } = ["daily"u8.ToArray()];

    public List<ulong> Statistics { get; init; } = [.. Enumerable.Range(1, 14).Select(i => (ulong)i)];

    public byte[] Signature { get; init; } = [];

    public byte[] Extra { get; init; } = [];

    public byte[] Build() => new FieldWriter()
        .U8(Decision).U8(Reserved).I16(Offset).U32(SequenceNumber).I64(Time).I64(Duration)
        .Bytes(RootTree).Bytes(VectorKeys.Id(0x22).AsSpan(0, 16)).Bytes(PreviousOfClient)
        .Text(TimeZone).Text("höst").Text("user").Text("dedup 0.1")
        .U16(Paths.Count).Each(Paths, (writer, path) => writer.Text(path))
        .U16(Tags.Count).Each(Tags, (writer, tag) => writer.Text(tag))
        .U16(Statistics.Count).Each(Statistics, (writer, number) => writer.U64(number))
        .U16(Signature.Length).Bytes(Signature).Bytes(Extra)
        .ToArray();

    public List<(string Name, string Value)> Values =>
    [
        ("offset", $"{Offset}"),
        ("time", $"{Time}"),
        ("duration", $"{Duration}"),
        ("root", Convert.ToHexStringLower(RootTree)),
        ("parent", new string('2', 32)),
        ("texts", $"{Encoding.UTF8.GetString(TimeZone)}|höst|user|dedup 0.1"),
        ("paths", string.Join('|', Paths.Select(Encoding.UTF8.GetString))),
        ("tags", string.Join('|', Tags.Select(Encoding.UTF8.GetString))),
        ("statistics", string.Join(' ', Statistics.Concat(new ulong[14]).Take(14))),
    ];
}
