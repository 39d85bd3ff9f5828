using Dedup.Evidence;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>
/// Bodies of records of evidence (format-spec.md, section 23). The input is the body without its signature, which who has no key cannot make and who reads an export with the
/// public key alone has opened already.
/// </summary>
internal sealed class EvidenceFuzzer() : Fuzzer("evidence")
{
    /// <summary>Where the time lies in a body: the engine keeps times of 100 ns, the format of one.</summary>
    private const int TimeAt = 96, TimeLength = 8;

    public override IEnumerable<byte[]> Seeds => Values.Select(Write);

    private static IEnumerable<EvidenceRecord> Values =>
    [
        Record(
            EvidenceField.OfText("path", "/srv"), EvidenceField.OfNumber("bytes", -1), EvidenceField.OfTime("snapshot-time", DateTimeOffset.UnixEpoch.AddDays(20_000)),
            EvidenceField.OfDuration("duration", TimeSpan.FromSeconds(90)), EvidenceField.OfFlag("drill.sample", true)),
        Record() with { Number = 1, PreviousHash = new string('0', 64), IsLate = true, IsClockDoubtful = true, Result = EvidenceResult.Interrupted },
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] body = input.ToArray();
        EvidenceRecord? record = null;
        CorruptDataException? rejection = null;
        try
        {
            using (Allocation.AtMost(AllocationFor(input.Length)))
            {
                record = EvidenceFormat.ReadBody(body, FuzzKeys.Repository, Name);
            }
        }
        catch (CorruptDataException exception)
        {
            rejection = exception;
        }

        Agreement.Require(rejection, () => FormatReader.SignedRecord.Parse(FuzzKeys.Repository.ToArray(), body));
        if (rejection is not null)
        {
            return Outcome.Rejected(rejection);
        }

        byte[] written = Write(record!);
        PropertyException.Require(
            input[..TimeAt].SequenceEqual(written.AsSpan(0, TimeAt)) && input[(TimeAt + TimeLength)..].SequenceEqual(written.AsSpan(TimeAt + TimeLength)),
            "what was written anew does not say what was read");
        return Outcome.Accepted(record!.Details.Fields.Count, record.Object.Length, record.Details.Fields.Sum(static field => (int)field.Kind));
    }

    private static byte[] Write(EvidenceRecord record) => EvidenceFormat.WriteBody(record, FuzzKeys.Repository);

    private static EvidenceRecord Record(params EvidenceField[] fields) => new()
    {
        Chain = 3,
        Number = 7,
        PreviousHash = new string('5', 64),
        Hash = "",
        Operation = FuzzKeys.Session.ToString(),
        Action = EvidenceAction.Backup,
        Object = "c0c1",
        Result = EvidenceResult.Success,
        Time = DateTimeOffset.UnixEpoch.AddDays(20_000),
        IsClockDoubtful = false,
        IsLate = false,
        Host = "host",
        Program = "dedup 0.1.0",
        Actor = "ann",
        Place = "/srv/backup",
        Details = new EvidenceDetails(fields),
    };
}
