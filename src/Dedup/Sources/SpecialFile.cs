using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Reads block devices and named pipes as files: what is stored is what they hold, not what they are.</summary>
internal static class SpecialFile
{
    private const int Flags = PosixOpenFlags.ReadOnly | PosixOpenFlags.NonBlocking | PosixOpenFlags.NoControllingTerminal;

    /// <summary>What a tree keeps of such an entry.</summary>
    /// <returns><see langword="null"/> when the entry is of another kind.</returns>
    public static NodeMetadata? Describe(in PosixStatus status, OwnerNames names) =>
        status.Type is PosixStatus.TypeBlockDevice or PosixStatus.TypeFifo
            ? FileSystemMetadata.From(status, names)! with
            {
                Type = NodeType.File,
                Size = ISourceFile.UnknownLength,
                LinkCount = 1,
                LinkDevice = 0,
                DeviceMajor = 0,
                DeviceMinor = 0,
            }
            : null;

    /// <summary>Opens such an entry.</summary>
    /// <param name="directory">Where it lies.</param>
    /// <param name="handle">The same, open.</param>
    /// <param name="name">Its name.</param>
    /// <param name="flags">Further flags.</param>
    /// <param name="cancellationToken">Ends the wait for the writer of a pipe.</param>
    /// <returns><see langword="null"/> when the entry is of another kind.</returns>
    /// <exception cref="SourceException">It vanished or cannot be opened.</exception>
    public static ISourceFile? TryOpen(FileSystemDirectory directory, PosixHandle handle, EntryName name, int flags, CancellationToken cancellationToken)
    {
        // Opening a device may do something, so it is looked at first: this handle pins the entry.
        using PosixHandle? pinned = Posix.Open(handle, name.Bytes, PosixOpenFlags.PathOnly | flags, 0, out int error);
        PosixStatus status = default;
        error = pinned is null ? error : Posix.Stat(pinned, out status);
        if (error < 0)
        {
            throw FileSystemFailure.Of(directory.PathOf(name), "cannot be opened", error);
        }

        if (Describe(status, directory.OwnerNames) is not { } metadata)
        {
            return null;
        }

        PosixHandle file = Posix.Reopen(pinned!, Flags, out error) ?? throw FileSystemFailure.Of(directory.PathOf(name), "cannot be opened", error);
        return status.Type == PosixStatus.TypeBlockDevice
            ? new BlockDeviceFile(file, new FileSystemFile(file, status, directory, name), metadata, directory.PathOf(name))
            : new StreamFile(directory.PathOf(name), metadata, new PipeStream(file, directory.PathOf(name), cancellationToken), cancellationToken);
    }
}
