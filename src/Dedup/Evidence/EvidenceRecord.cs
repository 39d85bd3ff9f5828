namespace Dedup.Evidence;

/// <summary>
/// A record of what was done with a repository: written once, numbered, bound to the one before by its hash, and signed. It answers what BIO2 8.15.01
/// asks of a line in a log: action, object, result, origin, actor and time.
/// </summary>
public sealed record EvidenceRecord
{
    /// <summary>Which chain: 0 for the repository's own, another number for each replica in which something was done.</summary>
    public required ulong Chain { get; init; }

    /// <summary>The place in the chain, from 1 without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>SHA-256 of the record before, in 64 hexadecimal digits; zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 of this record, in 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Which run of a program did it: 32 hexadecimal digits. Two records of the same are of the same deed.</summary>
    public required string Operation { get; init; }

    /// <summary>What was done.</summary>
    public required EvidenceAction Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required string Object { get; init; }

    /// <summary>How it ended.</summary>
    public required EvidenceResult Result { get; init; }

    /// <summary>When, in UTC, by the clock of the machine that did it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether that clock was doubtful: behind the record before by more than clocks are apart.</summary>
    public required bool IsClockDoubtful { get; init; }

    /// <summary>Whether it was recorded later than it was done, because the record could not be written at once or the process had ended.</summary>
    public required bool IsLate { get; init; }

    /// <summary>The machine.</summary>
    public required string Host { get; init; }

    /// <summary>The program and its version.</summary>
    public required string Program { get; init; }

    /// <summary>The user.</summary>
    public required string Actor { get; init; }

    /// <summary>Where the repository lay, as that machine names it.</summary>
    public required string Place { get; init; }

    /// <summary>The rest.</summary>
    public required EvidenceDetails Details { get; init; }
}
