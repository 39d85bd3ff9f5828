namespace Dedup.Tests.Concurrency.Model;

/// <summary>What lies in the commit slot of a session.</summary>
internal enum Slot
{
    /// <summary>Nothing yet.</summary>
    Undecided,

    /// <summary>A snapshot, which needs the blob.</summary>
    Committed,

    /// <summary>An abort, put there by a prune.</summary>
    Aborted,

    /// <summary>It was a snapshot, and is forgotten.</summary>
    Forgotten,
}
