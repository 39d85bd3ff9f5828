namespace Dedup.Tests.Format;

/// <summary>Vectors of the records of forgotten snapshots (section 16).</summary>
internal static class VectorGeneratorForgotten
{
    private const string Kind = "forgotten";

    public static IEnumerable<FormatVector> All()
    {
        var usual = new ForgottenParts();
        yield return Accept("usual", usual);
        yield return Accept("westernmost", usual with { WhenOffset = -840, TimeOffset = -840 });
        yield return Accept("easternmost", usual with { WhenOffset = 840, TimeOffset = 840 });
        yield return Accept("oldest time", usual with { When = long.MinValue / 100 * 100, Time = long.MinValue / 100 * 100 });
        yield return Accept("latest time", usual with { When = long.MaxValue / 100 * 100, Time = long.MaxValue / 100 * 100 });
        yield return Accept("nothing said", usual with { ByHost = [], Rule = [], Paths = [], Tags = [] });

        foreach ((string name, string rule, byte[] content) in EnvelopeParts.Forgotten(usual.Build()).Wrong())
        {
            yield return Given(new(Kind, name, rule, content, null));
        }

        foreach ((string name, int offset) in new[] { ("east", 841), ("west", -841), ("out of all range", short.MinValue) })
        {
            yield return Reject($"offset too far {name}", "offsets are at most 840 minutes", usual with { WhenOffset = offset });
            yield return Reject($"offset of the snapshot too far {name}", "offsets are at most 840 minutes", usual with { TimeOffset = offset });
        }

        yield return Reject("host not UTF-8", "text is well-formed UTF-8", usual with { ByHost = [0x80] });
        yield return Reject("rule too long", "text has at most 4096 bytes", usual with { Rule = new byte[4097] });
        yield return Reject("path not UTF-8", "text is well-formed UTF-8", usual with { Paths = [[0xC3]] });
        yield return Reject("4097 paths", "at most 4096 paths", usual with { Paths = [.. Enumerable.Repeat(Array.Empty<byte>(), 4097)] });
        yield return Reject("1025 tags", "at most 1024 tags", usual with { Tags = [.. Enumerable.Repeat(Array.Empty<byte>(), 1025)] });
        yield return Reject("left over", "no bytes are left over", usual with { Extra = [0] });
        yield return Given(new(Kind, "truncated", "the fields are there", EnvelopeParts.Forgotten(usual.Build()[..^1]).Build(), null));
        yield return Given(new(Kind, "nothing inside", "the fields are there", EnvelopeParts.Forgotten([]).Build(), null));
    }

    private static FormatVector Accept(string name, ForgottenParts parts) =>
        Given(new(Kind, name, "a whole record", EnvelopeParts.Forgotten(parts.Build()).Build(), parts.Values));

    private static FormatVector Reject(string name, string rule, ForgottenParts parts) =>
        Given(new(Kind, name, rule, EnvelopeParts.Forgotten(parts.Build()).Build(), null));

    private static FormatVector Given(FormatVector vector) => vector with { Context = [("id", Convert.ToHexStringLower(VectorKeys.SessionId))] };
}
