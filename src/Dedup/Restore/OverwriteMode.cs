namespace Dedup.Restore;

/// <summary>What a restore does with a file, link or special entry where something of that name is in the target already. Directories are gone into in every mode.</summary>
public enum OverwriteMode
{
    /// <summary>It becomes what it was in the snapshot: a file is read and compared chunk by chunk, and only what differs is written.</summary>
    Always,

    /// <summary>As <see cref="Always"/>, but a file with the snapshot's length and time of modification is believed to be the same and not read.</summary>
    IfChanged,

    /// <summary>As <see cref="Always"/>, where the snapshot's time of modification is later than that of what is there; else that stays.</summary>
    IfNewer,

    /// <summary>What is there stays as it is.</summary>
    Never,
}
