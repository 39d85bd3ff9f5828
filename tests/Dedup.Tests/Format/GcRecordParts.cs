using System.Text;
using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>A record of a prune, field by field (section 17).</summary>
internal sealed record GcRecordParts(GcRecordKind Step)
{
    // Eight bytes that differ: their order shows.
    public ulong Number { get; init; } = 0x0123456789ABCDEF;

    public byte[] Host { get; init; } = "höst"u8.ToArray();

    public long? Count { get; init; }

    public List<byte[]> Packs { get; init; } = [];

    public byte[] Extra { get; init; } = [];

    public byte[] Plaintext => new FieldWriter()
        .I64(-5).Text(Host).Text("dedup 0.1")
        .U32(Count ?? Packs.Count).Each(Packs, (writer, pack) => writer.Bytes(pack)).Bytes(Extra)
        .ToArray();

    public EnvelopeParts Envelope => EnvelopeParts.Gc(Step, Number, Plaintext);

    public List<(string Name, string Value)> Values =>
    [
        ("time", "-5"), ("host", Encoding.UTF8.GetString(Host)), ("program", "dedup 0.1"),
        .. Packs.Select((pack, place) => ($"pack {place}", Convert.ToHexStringLower(pack))),
    ];
}
