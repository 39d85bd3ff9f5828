namespace Dedup.Tests.Format;

/// <summary>Vectors of aborts in commit slots (section 15).</summary>
internal static class VectorGeneratorAbort
{
    private const string Kind = "abort";

    public static IEnumerable<FormatVector> All()
    {
        byte[] reason = "the process has ended"u8.ToArray(), whole = Plaintext(reason);
        yield return Accept("usual", reason, "the process has ended");
        yield return Accept("no reason", [], "");
        yield return Accept("longest reason", [.. Enumerable.Repeat((byte)'r', 4096)], new string('r', 4096));
        foreach ((string name, string rule, byte[] content) in EnvelopeParts.Slot(whole).Wrong())
        {
            yield return Given(new(Kind, name, rule, content, null));
        }

        yield return Reject("decision 0", "the decision is known", Plaintext(reason, decision: 0));
        yield return Reject("decision 3", "another decision is refused", Plaintext(reason, decision: 3));
        yield return Reject("said to be a snapshot", "the decision says what follows", Plaintext(reason, decision: 1));
        yield return Reject("reserved byte", "reserved bytes are zero", Plaintext(reason, reserved: 1));
        yield return Reject("reason too long", "text has at most 4096 bytes", Plaintext(new byte[4097]));
        yield return Reject("reason not UTF-8", "text is well-formed UTF-8", Plaintext([0xFF]));
        yield return Reject("left over", "no bytes are left over", [.. whole, 0]);
        yield return Reject("truncated", "the fields are there", whole[..^1]);
        yield return Reject("decision alone", "the fields are there", whole[..1]);
    }

    private static byte[] Plaintext(byte[] reason, int decision = 2, int reserved = 0) =>
        new FieldWriter().U8(decision).U8(reserved).I64(-5).Text("höst").Text("dedup 0.1").Text(reason).ToArray();

    private static FormatVector Accept(string name, byte[] reason, string text) => Given(new(
        Kind, name, "a whole abort", EnvelopeParts.Slot(Plaintext(reason)).Build(),
        [("time", "-5"), ("host", "höst"), ("program", "dedup 0.1"), ("reason", text)]));

    private static FormatVector Reject(string name, string rule, byte[] plaintext) =>
        Given(new(Kind, name, rule, EnvelopeParts.Slot(plaintext).Build(), null));

    private static FormatVector Given(FormatVector vector) => vector with { Context = [("id", Convert.ToHexStringLower(VectorKeys.SessionId))] };
}
