using System.Text;

namespace Dedup.Fuzz;

/// <summary>Recovery codes as people type them, and keys as they lie in key files (format-spec.md, section 6.1).</summary>
internal sealed class RecoveryCodeFuzzer() : Fuzzer("recovery-code")
{
    public override int MaxLength => 256;

    public override IEnumerable<byte[]> Seeds => ["01237-4567K-89ABE-CDEFY-GHJKN-MNPQ1-RSTVW"u8.ToArray(), "o123 74567k89abe cdefyghjkn–mnpqirstvw"u8.ToArray(), [], "correct horse battery staple"u8.ToArray()];

    public override IReadOnlyList<byte[]> Words { get; } = ["-"u8.ToArray(), " "u8.ToArray(), "\u2014"u8.ToArray(), "O"u8.ToArray(), "I"u8.ToArray(), "l"u8.ToArray(), "U"u8.ToArray(), "ß"u8.ToArray(), "01237"u8.ToArray(), "4567K"u8.ToArray(), [0xFF]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        using Allocation bound = Allocation.AtMost(AllocationFor(input.Length));
        RequireKey(input);
        if (RecoveryCode.TryParse(text, out RecoveryCode? code, out RecoveryCodeMistake? mistake))
        {
            PropertyException.Require(RecoveryCode.TryParse(code.Text, out RecoveryCode? again, out _) && again.Text == code.Text, "a code is read as another one");
            PropertyException.Require(
                Credentials.FromRecoveryCode(code).Password.Span.SequenceEqual(Encoding.ASCII.GetBytes(code.Text)) && code.Text.Length == 41, "a code stands for another password");
            return Outcome.Accepted(1, text.Length);
        }

        PropertyException.Require(mistake.Groups.All(static group => group is >= 1 and <= RecoveryCode.Groups), "a mistake in a group that there is not");
        return new Outcome(Outcome.OfWords(mistake.Message)).And(Outcome.Accepted((int)mistake.Kind, mistake.Groups.Count, mistake.Groups.Count > 0 ? 1 << mistake.Groups[0] : 0, mistake.ResemblesCode ? 1 : 0));
    }

    private static void RequireKey(ReadOnlySpan<byte> key)
    {
        try
        {
            PropertyException.Require(Credentials.FromKey(key).Password.Length == "key-file:".Length + 64, "a key stands for another password");
        }
        catch (ArgumentException)
        {
            PropertyException.Require(key.IsEmpty, "a key is refused");
        }
    }
}
