using System.Security.Cryptography;
using System.Text;

namespace Dedup.Tests.Format;

/// <summary>The signed body of a record of evidence, field by field (section 23).</summary>
internal sealed record EvidenceParts
{
    public byte[] Repository { get; init; } = VectorKeys.RepositoryId;

    public ulong Chain { get; init; }

    public ulong Number { get; init; } = 7;

    public byte[] Previous { get; init; } = VectorKeys.Id(0x5A);

    public long Time { get; init; } = 1_700_000_000_123_456_700;

    public int Action { get; init; } = 2;

    public int Result { get; init; } = 1;

    public int Flags { get; init; }

    public int Reserved { get; init; }

    public byte[] Object { get; init; } = "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"u8.ToArray();

    public byte[] Place { get; init; } = "/srv/bäckup"u8.ToArray();

    public List<(byte[] Name, int Kind, byte[] Value)> Fields { get; init; } =
    [
        ("path"u8.ToArray(), 1, Text("/srv/wwŵ"u8)), ("path"u8.ToArray(), 1, Text("/home"u8)), ("bytes"u8.ToArray(), 2, Number64(-1)),
        ("snapshot-time"u8.ToArray(), 3, Number64(1_700_000_000_000_000_000)), ("duration"u8.ToArray(), 4, Number64(90_000_000_000)), ("a.1-b"u8.ToArray(), 5, Number64(1)),
    ];

    /// <summary>Instead of the number of fields that there are.</summary>
    public int? FieldCount { get; init; }

    public byte[] Extra { get; init; } = [];

    public static byte[] Text(ReadOnlySpan<byte> utf8) => new FieldWriter().U32(utf8.Length).Bytes(utf8).ToArray();

    public static byte[] Number64(long value) => new FieldWriter().I64(value).ToArray();

    public byte[] Build() => new FieldWriter()
        .Bytes(Repository).U64(Chain).U64(Number).Bytes(Previous).Bytes(VectorKeys.SessionId).I64(Time)
        .U8(Action).U8(Result).U8(Flags).U8(Reserved)
        .Text(Object).Text("höst").Text("dedup 0.1").Text("ann").Text(Place)
        .U16(FieldCount ?? Fields.Count).Each(Fields, (writer, field) => writer.U8(field.Name.Length).Bytes(field.Name).U8(field.Kind).Bytes(field.Value))
        .Bytes(Extra)
        .ToArray();

    public List<(string Name, string Value)> Values =>
    [
        ("chain", $"{Chain}"), ("number", $"{Number}"), ("previous", Convert.ToHexStringLower(Previous)), ("hash", Convert.ToHexStringLower(SHA256.HashData(Build()))),
        ("operation", Convert.ToHexStringLower(VectorKeys.SessionId)), ("time", $"{Time}"), ("action", $"{Action} {Result} {Flags}"),
        ("texts", $"{Encoding.UTF8.GetString(Object)}|höst|dedup 0.1|ann|{Encoding.UTF8.GetString(Place)}"),
        .. Fields.Select((detail, place) => ($"field {place}", $"{Encoding.ASCII.GetString(detail.Name)} {detail.Kind} {Describe(detail.Kind, detail.Value)}")),
    ];

    private static string Describe(int kind, byte[] value) => kind == 1 ? Encoding.UTF8.GetString(value[4..]) : $"{BitConverter.ToInt64(value)}";
}
