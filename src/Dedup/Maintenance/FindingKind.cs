namespace Dedup.Maintenance;

/// <summary>The sorts of things that a check finds.</summary>
public enum FindingKind
{
    /// <summary>An object is not what it must be: damaged, truncated, renamed or foreign.</summary>
    DamagedObject,

    /// <summary>The index lists a pack that is not there.</summary>
    MissingPack,

    /// <summary>The index and a pack's own directory differ.</summary>
    IndexMismatch,

    /// <summary>A snapshot needs a blob that no pack holds.</summary>
    MissingBlob,

    /// <summary>A snapshot needs a blob that cannot be read, or that is not what the snapshot needs it to be.</summary>
    UnreadableBlob,

    /// <summary>A pack that no index segment lists: a backup under way, or one that was cut off. Not damage.</summary>
    UnlistedPack,

    /// <summary>A damaged index segment, in whose stead a repair wrote another. Not damage.</summary>
    SupersededSegment,

    /// <summary>A snapshot that must be there is neither listed nor on record as forgotten: the store hides it, has lost it or shows an old state.</summary>
    MissingSnapshot,

    /// <summary>
    /// A snapshot names another as its parent that this machine never saw and that is neither listed nor on record as forgotten: hidden or lost, or not yet
    /// copied into this replica. Not damage, but prunes stop.
    /// </summary>
    MissingParent,

    /// <summary>A record of evidence is damaged, missing, moved, forged, or cut off: what was done cannot be proved as before. No backup depends on it.</summary>
    DamagedEvidence,

    /// <summary>A snapshot was made or forgotten and there is no record of it. Not damage.</summary>
    UnrecordedDeed,
}
