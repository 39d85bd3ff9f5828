using Dedup.Filtering;

namespace Dedup.Fuzz;

/// <summary>Files of patterns, with variables in them.</summary>
internal sealed class PatternFileFuzzer() : Fuzzer("pattern-file")
{
    public override int MaxLength => 1024;

    public override IEnumerable<byte[]> Seeds => ["# comment\n\n*.o\n  /home/$USER/**  \r\n!${HOME}/keep\n$$literal\n"u8.ToArray(), "\uFEFF*.tmp\n$UNSET"u8.ToArray()];

    public override IReadOnlyList<byte[]> Words { get; } = ["$"u8.ToArray(), "${"u8.ToArray(), "}"u8.ToArray(), "$HOME"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "#"u8.ToArray(), "\uFEFF"u8.ToArray()];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        try
        {
            using (Allocation.AtMost(AllocationFor(input.Length) * 4))
            {
                IReadOnlyList<PathPattern> patterns = PatternFile.Parse(input, "file", ignoresCase: false, static name => name is "HOME" or "USER" ? "/h\u00f6me" : name == "_" ? "" : null);
                PropertyException.Require(patterns.Count <= input.Count((byte)'\n') + 1, "there are more patterns than lines");
                return Outcome.Accepted(patterns.Count, patterns.Count(static pattern => pattern.IsNegated));
            }
        }
        catch (BadPatternException exception)
        {
            PropertyException.Require(exception.Place.StartsWith("file:", StringComparison.Ordinal), "the message does not say where the pattern stands");
            return new Outcome(Outcome.OfWords(exception.Reason));
        }
    }
}
