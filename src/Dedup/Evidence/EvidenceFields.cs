namespace Dedup.Evidence;

/// <summary>The names of the details that the engine itself records. Bytes, numbers and times are those of the reports of the operations.</summary>
public static class EvidenceFields
{
    /// <summary>Text: what a policy calls the source of a backup, see <see cref="Backup.BackupOptions.SourceName"/>.</summary>
    public const string Source = "source";

    /// <summary>Text: the id of a snapshot. Absent where a backup made none because nothing had changed.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>Time: of that snapshot, when its backup began.</summary>
    public const string SnapshotTime = "snapshot-time";

    /// <summary>Text: the machine that was backed up.</summary>
    public const string Host = "host";

    /// <summary>Text, one each: what was backed up.</summary>
    public const string Path = "path";

    /// <summary>Text, one each: a tag of the snapshot.</summary>
    public const string Tag = "tag";

    /// <summary>Duration of the whole.</summary>
    public const string Duration = "duration";

    /// <summary>Number: files in the snapshot.</summary>
    public const string Files = "files";

    /// <summary>Number: bytes of files in the snapshot; of an action on packs, their bytes.</summary>
    public const string Bytes = "bytes";

    /// <summary>Number: bytes added to the store.</summary>
    public const string BytesStored = "bytes-stored";

    /// <summary>Number: what went wrong.</summary>
    public const string Problems = "problems";

    /// <summary>Text, one each: something that went wrong, the first few.</summary>
    public const string Problem = "problem";

    /// <summary>Text: why, in words: the rule by which a snapshot was forgotten, or how an action failed.</summary>
    public const string Reason = "reason";

    /// <summary>Number: packs of the repository.</summary>
    public const string Packs = "packs";

    /// <summary>Number: snapshots of the repository, or those that were handled.</summary>
    public const string Snapshots = "snapshots";

    /// <summary>Number: packs that a check read whole.</summary>
    public const string PacksRead = "packs-read";

    /// <summary>Number: their bytes.</summary>
    public const string BytesRead = "bytes-read";

    /// <summary>Number: packs that this machine never read and found whole.</summary>
    public const string PacksNeverRead = "packs-never-read";

    /// <summary>Time: when the pack was read whole that was not for longest. Absent when none ever was.</summary>
    public const string OldestRead = "oldest-read";

    /// <summary>Number: packs deleted.</summary>
    public const string PacksDeleted = "packs-deleted";

    /// <summary>Number: bytes freed.</summary>
    public const string BytesFreed = "bytes-freed";

    /// <summary>Number: objects copied to another store.</summary>
    public const string ObjectsCopied = "objects-copied";

    /// <summary>Number: their bytes.</summary>
    public const string BytesCopied = "bytes-copied";

    /// <summary>Number: snapshots that the copy lacks afterwards.</summary>
    public const string SnapshotsBehind = "snapshots-behind";

    /// <summary>Text: what a key slot is called.</summary>
    public const string Label = "label";
}
