namespace Dedup.Tests.Format;

/// <summary>Vectors of snapshots (section 15).</summary>
internal static class VectorGeneratorSnapshot
{
    private const string Kind = "snapshot";

    public static IEnumerable<FormatVector> All()
    {
        var usual = new SnapshotParts();
        yield return Accept("usual", usual);
        yield return Accept("westernmost", usual with { Offset = -840 });
        yield return Accept("easternmost", usual with { Offset = 840 });
        yield return Accept("oldest time", usual with { Time = long.MinValue / 100 * 100, Offset = 0 });
        yield return Accept("latest time", usual with { Time = long.MaxValue / 100 * 100 });
        yield return Accept("nothing said", usual with { TimeZone = [], Paths = [], Tags = [], Statistics = [] });
        yield return Accept("more statistics", usual with { Statistics = [.. Enumerable.Range(1, 64).Select(i => (ulong)i)] });
        yield return Accept("reserved for later", usual with { SequenceNumber = 7, PreviousOfClient = VectorKeys.SessionId, Signature = new byte[4096] });

        foreach ((string name, string rule, byte[] content) in EnvelopeParts.Slot(usual.Build()).Wrong())
        {
            yield return Given(new(Kind, name, rule, content, null));
        }

        yield return Reject("decision 0", "the decision is known", usual with { Decision = 0 });
        yield return Reject("decision 3", "another decision is refused", usual with { Decision = 3 });
        yield return Reject("decision 255", "another decision is refused", usual with { Decision = 255 });
        yield return Reject("said to be an abort", "the decision says what follows", usual with { Decision = 2 });
        yield return Reject("reserved byte", "reserved bytes are zero", usual with { Reserved = 1 });
        yield return Reject("offset too far east", "the offset is at most 840 minutes", usual with { Offset = 841 });
        yield return Reject("offset too far west", "the offset is at least -840 minutes", usual with { Offset = -841 });
        yield return Reject("offset least", "the offset is at least -840 minutes", usual with { Offset = short.MinValue });
        yield return Reject("time zone not UTF-8", "text is well-formed UTF-8", usual with { TimeZone = [0x80] });
        yield return Reject("time zone too long", "text has at most 4096 bytes", usual with { TimeZone = new byte[4097] });
        yield return Reject("4097 paths", "at most 4096 paths", usual with { Paths = [.. Enumerable.Repeat(Array.Empty<byte>(), 4097)] });
        yield return Reject("1025 tags", "at most 1024 tags", usual with { Tags = [.. Enumerable.Repeat(Array.Empty<byte>(), 1025)] });
        yield return Reject("65 statistics", "at most 64 statistics", usual with { Statistics = [.. Enumerable.Repeat(0UL, 65)] });
        yield return Reject("statistic beyond 63 bits", "counts are below 2^63", usual with { Statistics = [1UL << 63] });
        yield return Reject("signature too long", "a signature has at most 4096 bytes", usual with { Signature = new byte[4097] });
        yield return Reject("left over", "no bytes are left over", usual with { Extra = [0] });
        yield return Given(new(Kind, "truncated", "the fields are there", EnvelopeParts.Slot(usual.Build()[..^1]).Build(), null));
        yield return Given(new(Kind, "nothing inside", "the fields are there", EnvelopeParts.Slot([]).Build(), null));
    }

    private static FormatVector Accept(string name, SnapshotParts parts) =>
        Given(new(Kind, name, "a whole snapshot", EnvelopeParts.Slot(parts.Build()).Build(), parts.Values));

    private static FormatVector Reject(string name, string rule, SnapshotParts parts) =>
        Given(new(Kind, name, rule, EnvelopeParts.Slot(parts.Build()).Build(), null));

    private static FormatVector Given(FormatVector vector) => vector with { Context = [("id", Convert.ToHexStringLower(VectorKeys.SessionId))] };
}
