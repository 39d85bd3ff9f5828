namespace Dedup.Tests.Format;

/// <summary>Vectors of sessions (section 14).</summary>
internal static class VectorGeneratorSession
{
    private const string Kind = "session";

    public static IEnumerable<FormatVector> All()
    {
        byte[] whole = Plaintext("höst"u8.ToArray(), "1b4e28ba pid:[4026531836]"u8.ToArray(), "dedup 0.1"u8.ToArray());
        yield return Given(new(Kind, "whole", "a whole session", EnvelopeParts.Session(whole).Build(), Values("höst", "1b4e28ba pid:[4026531836]", "dedup 0.1")));
        yield return Given(new(Kind, "nothing said", "texts may be empty", EnvelopeParts.Session(Plaintext([], [], [])).Build(), Values("", "", "")));
        foreach ((string name, string rule, byte[] content) in EnvelopeParts.Session(whole).Wrong())
        {
            yield return Given(new(Kind, name, rule, content, null));
        }

        yield return Reject("host too long", "text has at most 4096 bytes", Plaintext(new byte[4097], [], []));
        yield return Reject("host not UTF-8", "text is well-formed UTF-8", Plaintext([0xED, 0xA0, 0x80], [], []));
        yield return Reject("machine too long", "text has at most 4096 bytes", Plaintext([], new byte[4097], []));
        yield return Reject("machine not UTF-8", "text is well-formed UTF-8", Plaintext([], [0xC0, 0x80], []));
        yield return Reject("left over", "no bytes are left over", [.. whole, 0]);
        yield return Reject("truncated", "the fields are there", whole[..^1]);
        yield return Reject("nothing inside", "the fields are there", []);
    }

    private static byte[] Plaintext(byte[] host, byte[] machine, byte[] program) =>
        new FieldWriter().I64(-5).I64(-1).I64(-7).Text(host).Text(machine).Text(program).ToArray();

    private static List<(string Name, string Value)> Values(string host, string machine, string program) =>
        [("start", "-5"), ("process", "-1"), ("process start", "-7"), ("host", host), ("machine", machine), ("program", program)];

    private static FormatVector Reject(string name, string rule, byte[] plaintext) =>
        Given(new(Kind, name, rule, EnvelopeParts.Session(plaintext).Build(), null));

    private static FormatVector Given(FormatVector vector) => vector with { Context = [("id", Convert.ToHexStringLower(VectorKeys.SessionId))] };
}
