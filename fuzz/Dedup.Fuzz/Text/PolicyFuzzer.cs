using System.Text;
using Dedup.Policy.Reading;

namespace Dedup.Fuzz;

/// <summary>Policy files: whatever is wrong with one is told with its place, and one with a mistake is no policy.</summary>
internal sealed class PolicyFuzzer() : Fuzzer("policy")
{
    /// <summary>What a file may hold through its aliases: 200,000 values, each with what is wrong with it.</summary>
    private const long MostAllocated = 512L << 20;

    public override int MaxLength => 2048;

    public override IEnumerable<byte[]> Seeds =>
    [
        [],
        """
        title: Backups
        zone: Europe/Brussels
        repositories:
          main:
            place: /backup
            password: {file: /key}
            check: {schedule: daily at 06:00, read-within: 60d}
            replicas:
              second: {place: s3:https://s3.example.com/backups, schedule: every 15m, largest-lag: 4h}
        sources:
          home:
            paths: {include: [/home, /srv], exclude-caches: true}
            schedule: {at: daily at 01:00, jitter: 15m}
            retention: 14 daily + 8 weekly + 6 monthly
            hooks: {before: [sync, --all]}
            drill: {schedule: monthly on 1 at 08:00, sample: 5%, from: second}
        notifications:
        - on: [failure, missed]
          mail: {to: ann@example.com}
        """u8.ToArray(),
        "a: &a [1, 2]\nb: [*a, *a]\n<<: *a\n"u8.ToArray(), "sources:\n\t- x\n"u8.ToArray(), "\uFEFF---\na: 'b'\n...\n---\nc: |\n  d\n"u8.ToArray(), "{[\"a\": ? b : !!str c"u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. ((string[])["repositories:", "sources:", "schedule: ", "retention: ", "paths: ", "place: ", "password: ", "drill: ", "check: ", "notifications:", "include: ", "\n  ", "\n- ", ": ", "&a ", "*a", "[", "]", "{", "}", "!!int ", "|\n", ">\n", "'", "\"", "# ", "---\n", "...\n", "? ", "<<: ", "\t", "%YAML 1.2\n", "1h", "0 2 * * *", "daily at 01:00", "everything", "null", "~"])
            .Select(Encoding.UTF8.GetBytes),
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        PolicyReading reading;
        using (Allocation.AtMost(MostAllocated))
        {
            reading = PolicyFile.Parse(input);
        }

        int lines = input.Count((byte)'\n') + input.Count((byte)'\r') + 2;
        foreach (PolicyMistake mistake in reading.Mistakes)
        {
            PropertyException.Require(mistake.Line >= 1 && mistake.Line <= lines && mistake.Column >= 1, $"a mistake where there is nothing: {mistake}");
            PropertyException.Require(mistake.Message.Length > 0 && mistake.Suggestion.Length > 0, "a mistake that tells nothing");
        }

        bool hasMistakes = reading.Mistakes.Any(static mistake => mistake.Severity == MistakeSeverity.Mistake);
        PropertyException.Require(hasMistakes == reading.Policy is null, hasMistakes ? "a file with a mistake is a policy" : "a file is no policy and nobody says why");
        Outcome outcome = Outcome.Accepted(reading.Mistakes.Count, hasMistakes ? 0 : 1);
        foreach (PolicyMistake mistake in reading.Mistakes.Take(3))
        {
            outcome = outcome.And(new Outcome(Outcome.OfWords(mistake.Message.AsSpan(0, Math.Min(mistake.Message.Length, 24)))));
        }

        return outcome;
    }
}
