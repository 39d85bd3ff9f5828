using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Turns what the kernel tells of an entry into what a tree keeps.</summary>
internal static class FileSystemMetadata
{
    /// <summary>Converts; what holds for a directory only by accident of its file system, such as its size, is left out.</summary>
    /// <returns>The metadata, or <see langword="null"/> when the entry is of a kind no tree can hold.</returns>
    public static NodeMetadata? From(in PosixStatus status, OwnerNames names)
    {
        NodeType type = TypeOf(status.Type);
        if (type == 0)
        {
            return null;
        }

        bool isDirectory = type == NodeType.Directory;
        bool isDevice = type is NodeType.CharacterDevice or NodeType.BlockDevice;
        uint links = isDirectory ? 1 : status.LinkCount;
        return new NodeMetadata
        {
            Type = type,
            Mode = status.Mode & PosixStatus.PermissionMask,
            UserId = status.UserId,
            GroupId = status.GroupId,
            UserName = names.User(status.UserId),
            GroupName = names.Group(status.GroupId),
            ModifiedNs = PosixTimes.ToNanoseconds(status.ModifiedSeconds, status.ModifiedNanoseconds),
            ChangedNs = PosixTimes.ToNanoseconds(status.ChangedSeconds, status.ChangedNanoseconds),
            Size = type == NodeType.File ? (long)Math.Min(status.Size, long.MaxValue) : 0,
            Inode = isDirectory ? 0 : status.Inode,
            LinkCount = links,
            LinkDevice = links > 1 ? status.Device : 0,
            DeviceMajor = isDevice ? status.NodeMajor : 0,
            DeviceMinor = isDevice ? status.NodeMinor : 0,
        };
    }

    private static NodeType TypeOf(uint type) => type switch
    {
        PosixStatus.TypeFile => NodeType.File,
        PosixStatus.TypeDirectory => NodeType.Directory,
        PosixStatus.TypeSymbolicLink => NodeType.SymbolicLink,
        PosixStatus.TypeCharacterDevice => NodeType.CharacterDevice,
        PosixStatus.TypeBlockDevice => NodeType.BlockDevice,
        PosixStatus.TypeFifo => NodeType.Fifo,
        PosixStatus.TypeSocket => NodeType.Socket,
        _ => 0,
    };
}
