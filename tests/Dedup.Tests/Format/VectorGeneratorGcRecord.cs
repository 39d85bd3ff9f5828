using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Vectors of the records of prunes (section 17).</summary>
internal static class VectorGeneratorGcRecord
{
    private const string Kind = "gc-record";

    private static readonly byte[] First = VectorKeys.Id(1), Second = [.. VectorKeys.Id(1)[..31], 2], Third = VectorKeys.Id(0xF0);

    public static IEnumerable<FormatVector> All()
    {
        foreach (GcRecordKind step in (GcRecordKind[])[GcRecordKind.Mark, GcRecordKind.Sweep])
        {
            var usual = new GcRecordParts(step) { Packs = [First, Second, Third] };
            yield return Accept($"{step} usual", usual);
            yield return Accept($"{step} of no pack", usual with { Packs = [] });
            yield return Reject($"{step} with packs out of order", "packs are in order", usual with { Packs = [Second, First, Third] });
            yield return Reject($"{step} with a pack twice", "no pack is there twice", usual with { Packs = [First, First, Third] });
            yield return Reject($"{step} with too few packs", "the number is true", usual with { Count = 4 });
            yield return Reject($"{step} with too many packs", "the number is true", usual with { Count = 2 });
            yield return Reject($"{step} with more packs than allowed", "at most 2,097,152 packs", usual with { Count = 2_097_153 });
            yield return Reject($"{step} with most packs", "at most 2,097,152 packs", usual with { Count = uint.MaxValue });
            foreach (FormatVector vector in OfEveryStep(usual))
            {
                yield return vector;
            }
        }

        var retirement = new GcRecordParts(GcRecordKind.Retirement);
        yield return Accept("Retirement usual", retirement);
        yield return Reject("Retirement with a pack", "a retirement has no packs", retirement with { Packs = [First] });
        yield return Reject("Retirement with a number of packs", "a retirement has no packs", retirement with { Count = 1 });
        foreach (FormatVector vector in OfEveryStep(retirement))
        {
            yield return vector;
        }
    }

    private static IEnumerable<FormatVector> OfEveryStep(GcRecordParts usual)
    {
        GcRecordKind step = usual.Step;
        yield return Accept($"{step} of the first prune", usual with { Number = 1 });
        yield return Accept($"{step} of the last prune", usual with { Number = long.MaxValue });
        foreach ((string name, string rule, byte[] content) in usual.Envelope.Wrong())
        {
            yield return Given(new(Kind, $"{step} {name}", rule, content, null), usual);
        }

        foreach (GcRecordKind other in Enum.GetValues<GcRecordKind>().Where(other => other != step))
        {
            yield return Given(new(Kind, $"{step} that is a {other}", "the step is bound", (usual with { Step = other, Packs = [] }).Envelope.Build(), null), usual);
        }

        yield return Reject($"{step} host too long", "text has at most 4096 bytes", usual with { Host = new byte[4097] });
        yield return Reject($"{step} host not UTF-8", "text is well-formed UTF-8", usual with { Host = [0xF8, 0x80] });
        yield return Reject($"{step} left over", "no bytes are left over", usual with { Extra = [0] });
        foreach ((string name, byte[] plaintext) in new[] { ("truncated", usual.Plaintext[..^1]), ("nothing inside", []) })
        {
            yield return Given(new(Kind, $"{step} {name}", "the fields are there", EnvelopeParts.Gc(step, usual.Number, plaintext).Build(), null), usual);
        }
    }

    private static FormatVector Accept(string name, GcRecordParts parts) =>
        Given(new(Kind, name, "a whole record", parts.Envelope.Build(), parts.Values), parts);

    private static FormatVector Reject(string name, string rule, GcRecordParts parts) =>
        Given(new(Kind, name, rule, parts.Envelope.Build(), null), parts);

    private static FormatVector Given(FormatVector vector, GcRecordParts parts) =>
        vector with { Context = [("number", $"{parts.Number}"), ("step", $"{parts.Step}")] };
}
