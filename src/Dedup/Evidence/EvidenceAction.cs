namespace Dedup.Evidence;

/// <summary>What a record is of. The numbers are part of the format.</summary>
public enum EvidenceAction
{
    /// <summary>The repository was made.</summary>
    Create = 1,

    /// <summary>A backup. The object is the snapshot's id, or what was to be backed up where there was none yet.</summary>
    Backup = 2,

    /// <summary>A snapshot was forgotten. The object is its id.</summary>
    Forget = 3,

    /// <summary>Unneeded data was removed.</summary>
    Prune = 4,

    /// <summary>The repository was checked.</summary>
    Check = 5,

    /// <summary>The repository was mirrored into another store. The object is that store's location.</summary>
    Replicate = 6,

    /// <summary>Snapshots were copied into another repository. The object is that repository's location.</summary>
    Copy = 7,

    /// <summary>Something was repaired. The object says what: packs, index, snapshots or records of prunes.</summary>
    Repair = 8,

    /// <summary>A key slot was made. The object is its id.</summary>
    KeyAdd = 9,

    /// <summary>A key slot was removed. The object is its id.</summary>
    KeyRemove = 10,

    /// <summary>A key slot was tried. The object is its id, or its label where no slot opened.</summary>
    KeyTest = 11,

    /// <summary>The tags of a snapshot were changed. The object is the id of the snapshot that took its stead.</summary>
    Tag = 12,

    /// <summary>A restore was tried out. The object is the source's name; the details are a <see cref="DrillDetails"/>.</summary>
    Drill = 13,

    /// <summary>A policy came into force. The object is its name; the details are a <see cref="PolicyDetails"/>.</summary>
    Policy = 14,

    /// <summary>What the store locks was locked anew.</summary>
    Lock = 15,
}
