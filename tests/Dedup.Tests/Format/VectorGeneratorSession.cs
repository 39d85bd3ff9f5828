namespace Dedup.Tests.Format;

/// <summary>Vectors of sessions (section 14).</summary>
internal static class VectorGeneratorSession
{
    private const string Kind = "session";

    public static IEnumerable<FormatVector> All()
    {
        byte[] whole = Plaintext("höst"u8.ToArray(), "dedup 0.1"u8.ToArray());
        yield return Given(new(Kind, "whole", "a whole session", EnvelopeParts.Session(whole).Build(),
            [("start", "-5"), ("process", "-1"), ("host", "höst"), ("program", "dedup 0.1")]));
        foreach ((string name, string rule, byte[] content) in EnvelopeParts.Session(whole).Wrong())
        {
            yield return Given(new(Kind, name, rule, content, null));
        }

        yield return Reject("host too long", "text has at most 4096 bytes", Plaintext(new byte[4097], []));
        yield return Reject("host not UTF-8", "text is well-formed UTF-8", Plaintext([0xED, 0xA0, 0x80], []));
        yield return Reject("left over", "no bytes are left over", [.. whole, 0]);
        yield return Reject("truncated", "the fields are there", whole[..^1]);
        yield return Reject("nothing inside", "the fields are there", []);
    }

    private static byte[] Plaintext(byte[] host, byte[] program) => new FieldWriter().I64(-5).I64(-1).Text(host).Text(program).ToArray();

    private static FormatVector Reject(string name, string rule, byte[] plaintext) =>
        Given(new(Kind, name, rule, EnvelopeParts.Session(plaintext).Build(), null));

    private static FormatVector Given(FormatVector vector) => vector with { Context = [("id", Convert.ToHexStringLower(VectorKeys.SessionId))] };
}
