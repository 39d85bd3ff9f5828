using System.Globalization;
using System.Text;
using Dedup.Cli.Output;
using Dedup.Storage;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>
/// Names: those of objects as a store lists them (format-spec.md, section 3), which lead nowhere else and say what the independent reader says, and those of
/// entries as people see them, which no terminal obeys.
/// </summary>
internal sealed class NameFuzzer() : Fuzzer("name")
{
    private const string Id = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    public override int MaxLength => 300;

    public override IEnumerable<byte[]> Seeds =>
    [
        .. ((string[])
        [
            "config", "packs/" + Id, "snapshots/" + Id[..32], "gc/0000000000000001.mark", "gc/7fffffffffffffff.sweep", "gc/0000000000000002.done", "swept/0000000000000001-" + Id,
            "naïve \u001b[2J\u202e\u2028name", "../config", "a//b",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. ((string[])["/", "..", "\0", "gc/", ".mark", ".sweep", ".done", "swept/", "8000000000000000", "\u001b]0;", "\u0085", "\u200b", "\\", "\ufeff", "\U000e0001"]).Select(Encoding.UTF8.GetBytes), [0xC2], [0xFF]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input), name = Encoding.Latin1.GetString(input);
        using Allocation bound = Allocation.AtMost(AllocationFor(input.Length) * 4);
        RequireHarmless(EntryName.Display(input));
        RequireHarmless(TerminalText.Escape(text));
        return Outcome.Accepted(ObjectName.TryParse(name, out ObjectName parsed) ? RequireObject(parsed, name) : 0, EntryName.IsValid(input) ? 1 : 0);
    }

    private static long RequireObject(ObjectName parsed, string name)
    {
        PropertyException.Require(parsed.Value == name && name.Split('/').All(static part => part.Length > 0 && part[0] != '.'), "a name leads elsewhere");
        bool isRecord = RepositoryObjects.TryParseGcRecord(parsed.Leaf, out long number, out GcStep step);
        FormatReader.GcName? independent = FormatReader.GcName.Parse(parsed.Leaf);
        PropertyException.Require(isRecord == independent is not null, "the readers differ in whether it is the record of a prune");
        PropertyException.Require(!isRecord || ((ulong)number == independent!.Number && RepositoryObjects.GcRecord(number, step).Leaf == parsed.Leaf), "a record of a prune is taken for another one");
        bool isSwept = RepositoryObjects.TryParseSwept(parsed.Leaf, out number, out Bytes32 hash);
        PropertyException.Require(!isSwept || RepositoryObjects.SweptRecord(number, hash).Leaf == parsed.Leaf, "a copied sweep is taken for another one");
        bool isPack = PackId.TryParse(parsed.Leaf, out PackId pack), isSnapshot = SnapshotId.TryParse(parsed.Leaf, out SnapshotId snapshot);
        PropertyException.Require((!isPack || pack.ToString() == parsed.Leaf) && (!isSnapshot || snapshot.ToString() == parsed.Leaf), "an id is taken for another one");
        return 1 + (isRecord ? 2 : 0) + (isSwept ? 4 : 0) + (isPack ? 8 : 0) + (isSnapshot ? 16 : 0);
    }

    private static void RequireHarmless(string shown) => PropertyException.Require(
        !shown.EnumerateRunes().Any(static rune => Rune.IsControl(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
        "a terminal would obey the text");
}
