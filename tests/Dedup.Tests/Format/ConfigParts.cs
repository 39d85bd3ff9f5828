using System.Security.Cryptography;
using System.Text;

namespace Dedup.Tests.Format;

/// <summary>A config, field by field.</summary>
internal sealed record ConfigParts
{
    public string Magic { get; init; } = "DEDUPCFG";

    public int Version { get; init; } = 1;

    public byte Reserved { get; init; }

    public long Created { get; init; } = 1_700_000_000_123_456_789;

    public int? FeatureCount { get; init; }

    public List<byte[]> Features { get; init; } = [];

    public byte[] Chunker { get; init; } = Encoding.ASCII.GetBytes("anchored-prf-1");

    public long Minimum { get; init; } = 8 << 10;

    public long Target { get; init; } = 16 << 10;

    public long Maximum { get; init; } = 64 << 10;

    public int Codec { get; init; } = 1;

    public int Level { get; init; }

    public byte[] SealedChunkerKey { get; init; } = [];

    public byte[] Extra { get; init; } = [];

    public byte[] MacKey { get; init; } = VectorKeys.Keys.Config;

    public byte[] Build()
    {
        byte[] authenticated = new FieldWriter()
            .Ascii(Magic).U16(Version).Zeros(5).U8(Reserved)
            .Bytes(VectorKeys.RepositoryId).I64(Created)
            .U16(FeatureCount ?? Features.Count).Each(Features, (writer, feature) => writer.U8(feature.Length).Bytes(feature))
            .Text(Chunker).U32(Minimum).U32(Target).U32(Maximum).U8(Codec).U8(Level).Bytes(SealedChunkerKey).Bytes(Extra)
            .ToArray();
        return [.. authenticated, .. HMACSHA256.HashData(MacKey, authenticated)];
    }

    /// <summary>A config whose chunker has the key of another repository.</summary>
    public static ConfigParts Shared(EnvelopeParts? chunkerKey = null) => new()
    {
        Features = ["shared-chunker"u8.ToArray()],
        SealedChunkerKey = (chunkerKey ?? EnvelopeParts.SharedChunker(VectorKeys.OtherKeys.Chunker)).Build(),
    };

    public List<(string Name, string Value)> Values =>
    [
        ("repository", Convert.ToHexStringLower(VectorKeys.RepositoryId)),
        ("created", $"{Created}"),
        ("chunker", Encoding.UTF8.GetString(Chunker)),
        ("lengths", $"{Minimum} {Target} {Maximum}"),
        ("codec", $"{Codec} {Level}"),
        .. SealedChunkerKey.Length == 0 ? (IEnumerable<(string Name, string Value)>)[] : [("chunker key", Convert.ToHexStringLower(VectorKeys.OtherKeys.Chunker))],
    ];
}
