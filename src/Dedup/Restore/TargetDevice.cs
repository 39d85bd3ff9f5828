using System.Text;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A block device that was named as the target.</summary>
internal sealed class TargetDevice
{
    private readonly string _directory;

    private TargetDevice(string directory, EntryName name, uint type)
    {
        _directory = directory;
        Name = name;
        Type = type;
    }

    /// <summary>The device's own name, links followed.</summary>
    public EntryName Name { get; }

    /// <summary>What it is: <see cref="PosixStatus.TypeBlockDevice"/>, or what stands in for one.</summary>
    public uint Type { get; }

    /// <summary>Looks whether the target is a device.</summary>
    /// <returns><see langword="null"/> when it is not.</returns>
    /// <exception cref="RestoreException">It is, and the user did not say that it may be overwritten.</exception>
    public static TargetDevice? TryFind(string target, RestoreOptions options)
    {
        // Links on the way to it, such as those of /dev/disk/by-id, are the user's wish.
        uint type = RestoreTarget.TypeOf(target);
        if (type != PosixStatus.TypeBlockDevice && !(options.TakesFileForDevice && type == PosixStatus.TypeFile))
        {
            return null;
        }

        if (!options.OverwriteDevice)
        {
            throw new RestoreException(target, "is a block device, and was not to be overwritten");
        }

        string path = Posix.Resolve(Encoding.UTF8.GetBytes(target), out int error) is { } resolved
            ? Encoding.UTF8.GetString(resolved)
            : throw new RestoreException(target, $"cannot be resolved: {PosixErrno.Describe(error)}");
        return new TargetDevice(Path.GetDirectoryName(path)!, EntryName.FromText(Path.GetFileName(path)), type);
    }

    /// <summary>Opens the directory in which the device lies.</summary>
    /// <exception cref="RestoreException">It cannot be opened.</exception>
    public TargetDirectory OpenDirectory() => TargetDirectory.Open(_directory, create: false);
}
