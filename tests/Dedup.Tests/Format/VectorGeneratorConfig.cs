using System.Text;

namespace Dedup.Tests.Format;

/// <summary>Vectors of config (section 5).</summary>
internal static class VectorGeneratorConfig
{
    private const string Kind = "config";

    public static IEnumerable<FormatVector> All()
    {
        yield return Accept("lz4", new ConfigParts());
        yield return Accept("none", new ConfigParts { Codec = 0 });
        yield return Accept("zstd lowest level", new ConfigParts { Codec = 2, Level = 1 });
        yield return Accept("zstd highest level", new ConfigParts { Codec = 2, Level = 19 });
        yield return Accept("largest lengths", new ConfigParts { Minimum = 64 << 20, Target = 64 << 20, Maximum = 64 << 20 });
        yield return Accept("created before 1970", new ConfigParts { Created = -1 });
        yield return Accept("shared chunker", ConfigParts.Shared());

        yield return Reject("empty", "the fields are there", []);
        yield return Reject("magic", "it begins with DEDUPCFG", new ConfigParts { Magic = "DEDUPCFH" }.Build());
        yield return Reject("version 0", "a version that is not known is refused", new ConfigParts { Version = 0 }.Build());
        yield return Reject("version 2", "a version that is not known is refused", new ConfigParts { Version = 2 }.Build());
        yield return Reject("reserved", "reserved bytes are zero", new ConfigParts { Reserved = 1 }.Build());
        yield return Reject("unknown feature", "a required feature that is not known is refused", new ConfigParts { Features = ["parity"u8.ToArray()] }.Build());
        yield return Reject("feature with space", "features are printable ASCII", new ConfigParts { Features = ["a b"u8.ToArray()] }.Build());
        yield return Reject("feature with DEL", "features are printable ASCII", new ConfigParts { Features = [[0x7F]] }.Build());
        yield return Reject("65 features", "at most 64 features", new ConfigParts { Features = [.. Enumerable.Repeat("a"u8.ToArray(), 65)] }.Build());
        yield return Reject("features missing", "the fields are there", new ConfigParts { FeatureCount = 60 }.Build());
        yield return Reject("unknown chunker", "a chunker that is not known is refused", new ConfigParts { Chunker = "anchored-prf-2"u8.ToArray() }.Build());
        yield return Reject("chunker not UTF-8", "text is well-formed UTF-8", new ConfigParts { Chunker = [0xFF] }.Build());
        yield return Reject("chunker too long", "text has at most 4096 bytes", new ConfigParts { Chunker = Encoding.ASCII.GetBytes(new string('a', 4097)) }.Build());
        foreach (long length in (long[])[0, 4096, 12 << 10, 128 << 20, 0x8000_0000])
        {
            const string Rule = "chunk lengths are powers of two from 8 KiB to 64 MiB";
            yield return Reject($"minimum {length}", Rule, new ConfigParts { Minimum = length }.Build());
            yield return Reject($"target {length}", Rule, new ConfigParts { Target = length }.Build());
            yield return Reject($"maximum {length}", Rule, new ConfigParts { Maximum = length }.Build());
        }

        yield return Reject("minimum above maximum", "the minimum is not above the maximum", new ConfigParts { Minimum = 128 << 10 }.Build());
        yield return Reject("codec 3", "codecs are 0, 1 and 2", new ConfigParts { Codec = 3 }.Build());
        yield return Reject("lz4 with level", "the level is 0 without zstd", new ConfigParts { Level = 1 }.Build());
        yield return Reject("none with level", "the level is 0 without zstd", new ConfigParts { Codec = 0, Level = 1 }.Build());
        yield return Reject("zstd level 0", "a zstd level is 1 to 19", new ConfigParts { Codec = 2, Level = 0 }.Build());
        yield return Reject("zstd level 20", "a zstd level is 1 to 19", new ConfigParts { Codec = 2, Level = 20 }.Build());
        yield return Reject("shared chunker without key", "the fields are there", (ConfigParts.Shared() with { SealedChunkerKey = [] }).Build());
        yield return Reject("key without shared chunker", "no bytes are left over", (ConfigParts.Shared() with { Features = [] }).Build());
        yield return Reject("shared chunker twice", "no feature is named twice", (ConfigParts.Shared() with { Features = ["shared-chunker"u8.ToArray(), "shared-chunker"u8.ToArray()] }).Build());
        foreach ((string name, string rule, byte[] envelope) in EnvelopeParts.SharedChunker(VectorKeys.OtherKeys.Chunker).Wrong().Where(wrong => wrong.Content.Length == ConfigParts.Shared().SealedChunkerKey.Length))
        {
            yield return Reject($"shared chunker {name}", rule, (ConfigParts.Shared() with { SealedChunkerKey = envelope }).Build());
        }

        yield return Reject("left over", "no bytes are left over", new ConfigParts { Extra = [0] }.Build());
        yield return Reject("truncated", "the fields are there", new ConfigParts().Build()[..^1]);
        yield return Reject("mac of another repository", "the MAC is that of the config key", new ConfigParts { MacKey = VectorKeys.OtherKeys.Config }.Build());
        yield return Reject("altered", "the MAC covers every byte before it", new ConfigParts().Build().Flip(48));
    }

    private static FormatVector Accept(string name, ConfigParts parts) => new(Kind, name, "a whole config", parts.Build(), parts.Values);

    private static FormatVector Reject(string name, string rule, byte[] content) => new(Kind, name, rule, content, null);
}
