namespace Dedup.Looking;

/// <summary>How an entry differs between two snapshots.</summary>
[Flags]
public enum TreeChangeKinds
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Only the second snapshot has it.</summary>
    Added = 1,

    /// <summary>Only the first snapshot has it.</summary>
    Removed = 2,

    /// <summary>Its type differs.</summary>
    TypeChanged = 4,

    /// <summary>The content of the file, the target of the link or the numbers of the device differ.</summary>
    ContentChanged = 8,

    /// <summary>Permissions, owner, time of modification or extended attributes differ.</summary>
    MetadataChanged = 16,

    /// <summary>The content of the file differs though its metadata is the same to the time of its last status change: perhaps the disk lost it.</summary>
    Suspicious = 32,
}
