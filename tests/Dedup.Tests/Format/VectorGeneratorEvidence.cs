namespace Dedup.Tests.Format;

/// <summary>Vectors of the records of evidence (section 23).</summary>
internal static class VectorGeneratorEvidence
{
    private const string Kind = "evidence";

    public static IEnumerable<FormatVector> All()
    {
        var usual = new EvidenceParts();
        yield return Accept("usual", usual);
        yield return Accept("first", usual with { Number = 1, Previous = VectorKeys.Id(0) });
        yield return Accept("another chain", usual with { Chain = ulong.MaxValue });
        yield return Accept("largest number", usual with { Number = long.MaxValue });
        yield return Accept("both flags", usual with { Flags = 3, Result = 5 });
        yield return Accept("an action of a later version", usual with { Action = 255 });
        yield return Accept("nothing said", usual with { Object = [], Place = [], Fields = [] });
        yield return Accept("oldest time", usual with { Time = long.MinValue / 100 * 100 });
        yield return Accept("long text", usual with { Fields = [("document"u8.ToArray(), 1, EvidenceParts.Text(new string('x', 65_536).Select(c => (byte)c).ToArray()))] });

        foreach ((string name, string rule, byte[] content) in Sealed(usual).Wrong())
        {
            yield return Given(usual, new(Kind, name, rule, content, null));
        }

        yield return Reject("number 0", "numbers begin with 1", usual with { Number = 0 }, sealedAs: usual);
        yield return Reject("number beyond", "a number is at most 2^63 - 1", usual with { Number = 1UL << 63 }, sealedAs: usual);
        yield return Reject("number of another", "the body says the number of the name", usual with { Number = 8 }, sealedAs: usual);
        yield return Reject("chain of another", "the body says the chain of the name", usual with { Chain = 1 }, sealedAs: usual);
        yield return Reject("first names one before", "the first names none before it", usual with { Number = 1 });
        yield return Reject("body of another repository", "the body says the repository", usual with { Repository = VectorKeys.OtherKeys.RepositoryId });
        yield return Reject("no action", "actions begin with 1", usual with { Action = 0 });
        yield return Reject("no result", "results are 1 to 5", usual with { Result = 0 });
        yield return Reject("result 6", "results are 1 to 5", usual with { Result = 6 });
        yield return Reject("flag 4", "flags are 1 and 2", usual with { Flags = 4 });
        yield return Reject("reserved byte", "reserved bytes are zero", usual with { Reserved = 1 });
        yield return Reject("place not UTF-8", "text is well-formed UTF-8", usual with { Place = [0x80] });
        yield return Reject("object too long", "text has at most 4096 bytes", usual with { Object = new byte[4097] });
        yield return Reject("fewer fields than said", "the fields are there", usual with { FieldCount = 7 });
        yield return Reject("4097 fields", "at most 4096 details", usual with { Fields = [.. Enumerable.Repeat(("a"u8.ToArray(), 2, EvidenceParts.Number64(0)), 4097)] });
        yield return Reject("field without name", "a name has 1 to 64 characters", usual with { Fields = [([], 2, EvidenceParts.Number64(0))] });
        yield return Reject("name too long", "a name has 1 to 64 characters", usual with { Fields = [([.. Enumerable.Repeat((byte)'a', 65)], 2, EvidenceParts.Number64(0))] });
        yield return Reject("name in capitals", "a name is of a-z, 0-9, dot and dash", usual with { Fields = [("A"u8.ToArray(), 2, EvidenceParts.Number64(0))] });
        yield return Reject("kind 0", "kinds are 1 to 5", usual with { Fields = [("a"u8.ToArray(), 0, EvidenceParts.Number64(0))] });
        yield return Reject("kind 6", "kinds are 1 to 5", usual with { Fields = [("a"u8.ToArray(), 6, EvidenceParts.Number64(0))] });
        yield return Reject("yes or no of 2", "a yes or no is 1 or 0", usual with { Fields = [("a"u8.ToArray(), 5, EvidenceParts.Number64(2))] });
        yield return Reject("detail not UTF-8", "text is well-formed UTF-8", usual with { Fields = [("a"u8.ToArray(), 1, EvidenceParts.Text([0xC3]))] });
        yield return Reject("detail too long", "a detail has at most 65,536 bytes", usual with { Fields = [("a"u8.ToArray(), 1, EvidenceParts.Text(new byte[65_537]))] });
        yield return Reject("left over", "no bytes are left over", usual with { Extra = [0] });
        yield return Given(usual, new(Kind, "truncated", "the fields are there", EnvelopeParts.Evidence(usual.Chain, usual.Number, usual.Build()[..^1]).Build(), null));
        yield return Given(usual, new(Kind, "nothing inside", "the signature is there", (Sealed(usual) with { Plaintext = [] }).Build(), null));
        byte[] signed = Sealed(usual).Plaintext;
        yield return Given(usual, new(Kind, "signature altered", "the signature is that of the body", (Sealed(usual) with { Plaintext = signed.Flip(0) }).Build(), null));
        yield return Given(usual, new(Kind, "body altered", "the signature is that of the body", (Sealed(usual) with { Plaintext = signed.Flip(170) }).Build(), null));
    }

    private static EnvelopeParts Sealed(EvidenceParts parts) => EnvelopeParts.Evidence(parts.Chain, parts.Number, parts.Build());

    private static FormatVector Accept(string name, EvidenceParts parts) => Given(parts, new(Kind, name, "a whole record", Sealed(parts).Build(), parts.Values));

    private static FormatVector Reject(string name, string rule, EvidenceParts parts, EvidenceParts? sealedAs = null)
    {
        EvidenceParts named = sealedAs ?? parts;
        return Given(named, new(Kind, name, rule, EnvelopeParts.Evidence(named.Chain, named.Number, parts.Build()).Build(), null));
    }

    private static FormatVector Given(EvidenceParts parts, FormatVector vector) => vector with { Context = [("chain", $"{parts.Chain}"), ("number", $"{parts.Number}")] };
}
