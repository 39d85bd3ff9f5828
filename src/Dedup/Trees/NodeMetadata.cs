namespace Dedup.Trees;

/// <summary>What a file system tells of an entry besides its name and content.</summary>
public sealed record NodeMetadata
{
    private const uint FileMode = 0x1A4; // 0644
    private const uint DirectoryMode = 0x1ED; // 0755

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

    /// <summary>What a source that is no file system tells of a file: readable by all and writable by its owner, who is root unless <see cref="UserId"/> says otherwise.</summary>
    /// <param name="length">How many bytes its content has; <c>ISourceFile.UnknownLength</c> where only reading it tells.</param>
    /// <param name="modified">When the content was last modified. While this and the length stay, the content is taken over from the parent snapshot without being read.</param>
    /// <param name="inode">What tells it from every other file of the source, and does not change as long as it is the same; 0 when nothing does.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static NodeMetadata ForFile(long length, DateTimeOffset modified, ulong inode = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long ns = UnixTime.FromDateTimeOffset(modified);
        return new NodeMetadata { Type = NodeType.File, Mode = FileMode, Size = length, ModifiedNs = ns, ChangedNs = ns, Inode = inode };
    }

    /// <summary>What a source that is no file system tells of a directory: open to all, and writable by its owner.</summary>
    /// <param name="modified">When an entry of it was last added or removed.</param>
    public static NodeMetadata ForDirectory(DateTimeOffset modified)
    {
        long ns = UnixTime.FromDateTimeOffset(modified);
        return new NodeMetadata { Type = NodeType.Directory, Mode = DirectoryMode, ModifiedNs = ns, ChangedNs = ns };
    }
}
