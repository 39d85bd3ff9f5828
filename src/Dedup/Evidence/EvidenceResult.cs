namespace Dedup.Evidence;

/// <summary>How an action ended. The numbers are part of the format.</summary>
public enum EvidenceResult
{
    /// <summary>All that was asked for was done, and nothing was found wrong.</summary>
    Success = 1,

    /// <summary>It ran to its end and something was left out or found wrong: files that could not be read, damage that a check found.</summary>
    Problems = 2,

    /// <summary>It did not do what it was to do.</summary>
    Failure = 3,

    /// <summary>Whoever had started it ended it early.</summary>
    Cancelled = 4,

    /// <summary>Its process ended in the middle. Found out, and recorded, by the next one on that machine.</summary>
    Interrupted = 5,
}
