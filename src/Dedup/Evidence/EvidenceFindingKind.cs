namespace Dedup.Evidence;

/// <summary>The sorts of things that a look at the evidence finds.</summary>
public enum EvidenceFindingKind
{
    /// <summary>A record is not what was written: changed, cut off, renamed, moved or forged.</summary>
    Damaged,

    /// <summary>A record is missing, though there are later ones.</summary>
    Missing,

    /// <summary>A record does not name the one before it.</summary>
    BrokenLink,

    /// <summary>The end of a chain is missing: what was seen or exported before is not there.</summary>
    Truncated,

    /// <summary>Another record lies where one was seen or exported before.</summary>
    Replaced,

    /// <summary>Something lies among the records that is none.</summary>
    Foreign,

    /// <summary>
    /// A snapshot that was made or forgotten since the record began, and that no record tells of: its machine was lost before it could write one, or the
    /// program there is an older one. Not a sign of tampering by itself.
    /// </summary>
    Unrecorded,
}
