namespace Dedup.Trees;

/// <summary>What a file system tells of an entry besides its name and content.</summary>
public sealed record NodeMetadata
{
    /// <summary>What the entry is.</summary>
    public required NodeType Type { get; init; }

    /// <summary>The twelve permission bits: set-user-id, set-group-id, sticky, and read, write and execute for owner, group and others.</summary>
    public uint Mode { get; init; }

    /// <summary>The owner's number.</summary>
    public uint UserId { get; init; }

    /// <summary>The group's number.</summary>
    public uint GroupId { get; init; }

    /// <summary>The owner's name; empty when the system had none.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The group's name; empty when the system had none.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>When the content was last modified: nanoseconds since 1970-01-01 UTC.</summary>
    public long ModifiedNs { get; init; }

    /// <summary>When content or metadata was last changed: nanoseconds since 1970-01-01 UTC.</summary>
    public long ChangedNs { get; init; }

    /// <summary>The length of a file's content in bytes; 0 for everything else.</summary>
    public long Size { get; init; }

    /// <summary>The inode number of anything but a directory; 0 for a directory.</summary>
    public ulong Inode { get; init; }

    /// <summary>How many names the entry has; 1 for a directory.</summary>
    public uint LinkCount { get; init; } = 1;

    /// <summary>The device the entry lies on, when it has several names: with <see cref="Inode"/> the identity that hard links share. 0 otherwise.</summary>
    public ulong LinkDevice { get; init; }

    /// <summary>The major number of a device node; 0 for everything else.</summary>
    public uint DeviceMajor { get; init; }

    /// <summary>The minor number of a device node; 0 for everything else.</summary>
    public uint DeviceMinor { get; init; }
}
