using System.Text.Json;
using Dedup.Evidence;

namespace Dedup.Cli.Json;

/// <summary>A record of what was done.</summary>
/// <param name="Chain">The chain in 16 hexadecimal digits: zeros for the repository's own.</param>
/// <param name="Number">The number in the chain.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="PreviousHash">The hash of the record before it.</param>
/// <param name="Operation">Which deed it is of.</param>
/// <param name="Action">What was done.</param>
/// <param name="Object">What it was done to.</param>
/// <param name="Result">How it ended: success, problems, failure, cancelled or interrupted.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="ClockDoubtful">Whether the clock was doubtful.</param>
/// <param name="Late">Whether it was recorded later than it was done.</param>
/// <param name="Host">On which machine.</param>
/// <param name="Program">By which program.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Place">Where the repository lay.</param>
/// <param name="Details">The rest.</param>
internal sealed record EvidenceDocument(
    string Chain, long Number, string Hash, string PreviousHash, string Operation, string Action, string Object, string Result, DateTimeOffset Time, bool ClockDoubtful, bool Late,
    string Host, string Program, string Actor, string Place, EvidenceFieldDetail[] Details)
{
    public static EvidenceDocument From(EvidenceRecord record) => new(
        $"{record.Chain:x16}", record.Number, record.Hash, record.PreviousHash, record.Operation, Word(record.Action), record.Object, Word(record.Result), record.Time,
        record.IsClockDoubtful, record.IsLate, record.Host, record.Program, record.Actor, record.Place,
        [.. record.Details.Fields.Select(static field => new EvidenceFieldDetail(field.Name, Word(field.Kind), field.ToString()))]);

    /// <summary>A value of an enumeration as JSON and tables name it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
