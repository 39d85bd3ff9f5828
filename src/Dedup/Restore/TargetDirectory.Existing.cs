using System.Buffers;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <content>What is in the target already: looked at, compared, updated in place, removed.</content>
internal sealed partial class TargetDirectory
{
    private const int ListBufferLength = 64 << 10;

    // A symbolic link's target is at most a page.
    private const int MaxLinkLength = 4096;

    private bool _hasListed;

    /// <summary>The file system on which the directory lies, as a number.</summary>
    /// <exception cref="RestoreException">It cannot be looked at.</exception>
    public ulong Device => Posix.Stat(_handle, out PosixStatus status) is var error && error == 0
        ? status.Device
        : throw new RestoreException(FullPath, $"cannot be looked at: {PosixErrno.Describe(error)}");

    /// <summary>Whether it is the root of a file system, or of all.</summary>
    // The root of all is its own parent.
    public bool IsMountPoint => Posix.Stat(_handle, ".."u8, out PosixStatus parent) == 0
        && Posix.Stat(_handle, out PosixStatus own) == 0
        && (parent.Device != own.Device || parent.Inode == own.Inode);

    /// <summary>Looks at an entry, without following it when it is a link.</summary>
    /// <returns>Whether there is one of that name.</returns>
    /// <exception cref="RestoreException">It cannot be looked at.</exception>
    public bool TryLook(EntryName name, out PosixStatus status)
    {
        int error = Posix.Stat(_handle, name.Bytes, out status);
        return error switch
        {
            0 => true,
            -PosixErrno.NoEntry => false,
            _ => throw Failure(name, "cannot be looked at", error),
        };
    }

    /// <summary>Whether there is a directory of that name.</summary>
    /// <exception cref="RestoreException">It cannot be looked at.</exception>
    public bool HasDirectory(EntryName name) => TryLook(name, out PosixStatus status) && status.Type == PosixStatus.TypeDirectory;

    /// <summary>The names of all entries, in no order. One thread at a time.</summary>
    /// <exception cref="RestoreException">The directory cannot be listed.</exception>
    public IReadOnlyList<EntryName> ReadNames()
    {
        int error = _hasListed ? Posix.Rewind(_handle) : 0;
        _hasListed = true;
        List<EntryName> names = [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ListBufferLength);
        for (int length = error; length >= 0 && (length = Posix.ReadEntries(_handle, buffer)) != 0;)
        {
            error = Math.Min(length, 0);
            for (ReadOnlySpan<byte> entries = buffer.AsSpan(0, Math.Max(length, 0)); !entries.IsEmpty;)
            {
                ReadOnlySpan<byte> name = Posix.NextName(ref entries);
                if (EntryName.IsValid(name))
                {
                    names.Add(EntryName.FromBytes(name));
                }
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return error == 0 ? names : throw new RestoreException(FullPath, $"cannot be listed: {PosixErrno.Describe(error)}");
    }

    /// <summary>Whether a symbolic link points to just that.</summary>
    public bool IsLinkTo(EntryName name, ReadOnlySpan<byte> target)
    {
        Span<byte> found = stackalloc byte[MaxLinkLength];
        int length = Posix.ReadLink(_handle, name.Bytes, found);
        return length >= 0 && found[..length].SequenceEqual(target);
    }

    /// <summary>Whether an entry has just these extended attributes, as far as they are restored.</summary>
    public bool HasXattrs(EntryName name, IReadOnlyList<ExtendedAttribute> xattrs)
    {
        using PosixHandle? pinned = Posix.Open(_handle, name.Bytes, PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, 0, out _);
        return pinned is not null && TargetXattrs.AreSame(pinned, xattrs);
    }

    /// <summary>Opens a regular file that is there, to read it.</summary>
    /// <exception cref="RestoreException">It is not there, cannot be opened, or is something else.</exception>
    public TargetFile OpenForReading(EntryName name)
    {
        int flags = PosixOpenFlags.ReadOnly | PosixOpenFlags.NoFollow | PosixOpenFlags.NonBlocking | PosixOpenFlags.NoControllingTerminal;
        PosixHandle handle = Posix.Open(_handle, name.Bytes, flags, 0, out int error) ?? throw Failure(name, "cannot be opened", error);
        _ = RequireType(handle, name, PosixStatus.TypeFile);
        return new TargetFile(handle, this, name, isNew: false);
    }

    /// <summary>
    /// Opens a regular file that was there before the restore, to write to it, and gives it the mode of a file that is not done: from now on
    /// until it gets its metadata it is not taken for what was restored.
    /// </summary>
    /// <param name="name">The file.</param>
    /// <param name="seen">What was seen of it.</param>
    /// <exception cref="RestoreException">It cannot be opened, is another one by now, or has got further names, by which it would change elsewhere.</exception>
    public TargetFile OpenForUpdate(EntryName name, in PosixStatus seen)
    {
        PosixHandle? handle = Posix.Open(_handle, name.Bytes, FileFlags, 0, out int error);
        if (handle is null)
        {
            // Read-only for its owner: given the right to write first.
            using PosixHandle? pinned = Posix.Open(_handle, name.Bytes, PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, 0, out _);
            handle = error == -PosixErrno.AccessDenied && pinned is not null && IsStill(seen, pinned) && Posix.SetMode(pinned, UnfinishedFile) == 0
                ? Posix.Reopen(pinned, PosixOpenFlags.ReadWrite, out error)
                : null;
        }

        if (handle is null)
        {
            throw Failure(name, "cannot be opened", error);
        }

        bool isStill = IsStill(seen, handle);
        error = isStill ? Posix.SetMode(handle, UnfinishedFile) : 0;
        if (isStill && error == 0)
        {
            return new TargetFile(handle, this, name, isNew: false);
        }

        handle.Dispose();
        throw isStill
            ? Failure(name, "cannot be updated", error)
            : new RestoreException(PathOf(name), "something else took the place of the file that was to be updated");
    }

    private static bool IsStill(in PosixStatus seen, PosixHandle handle) => Posix.Stat(handle, out PosixStatus status) == 0
        && status.Type == PosixStatus.TypeFile
        && (status.Inode, status.Device, status.LinkCount) == (seen.Inode, seen.Device, 1u);

    /// <summary>Opens a device, to write to it.</summary>
    /// <param name="name">The device.</param>
    /// <param name="type">What it must be: <see cref="PosixStatus.TypeBlockDevice"/>, or what stands in for one.</param>
    /// <param name="isExclusive">Whether to fail when somebody else uses the device, such as a mounted file system.</param>
    /// <exception cref="RestoreException">It cannot be opened, or is something else.</exception>
    public TargetFile OpenDevice(EntryName name, uint type, bool isExclusive)
    {
        // Without O_CREAT, O_EXCL means that of a block device (open(2)).
        int flags = FileFlags | (isExclusive && type == PosixStatus.TypeBlockDevice ? PosixOpenFlags.Exclusive : 0);
        PosixHandle? handle = Posix.Open(_handle, name.Bytes, flags, 0, out int error);
        if (handle is null)
        {
            throw error == -PosixErrno.Busy
                ? new RestoreException(PathOf(name), "the device is in use: unmount what is on it")
                : Failure(name, "the device cannot be opened", error);
        }

        _ = RequireType(handle, name, type);
        return new TargetFile(handle, this, name, isNew: false, isDevice: true);
    }

    /// <summary>Opens a directory that is to be emptied, with the right to do so where this user may have it.</summary>
    /// <exception cref="RestoreException">It is not there, cannot be opened, or is something else.</exception>
    public TargetDirectory OpenToEmpty(EntryName name) => OpenOwn(name, isNew: false, out int error) is { } handle
        ? new TargetDirectory(handle, this, name, isNew: false)
        : throw Failure(name, "the directory cannot be opened", error);

    /// <summary>Removes an empty directory.</summary>
    /// <exception cref="RestoreException">It cannot be removed, as it is not empty for instance.</exception>
    public void RemoveDirectory(EntryName name)
    {
        int error = Posix.RemoveDirectory(_handle, name.Bytes);
        if (error < 0)
        {
            throw Failure(name, "cannot be removed", error);
        }
    }

    /// <summary>Gives an entry another name, in the place of what has that name; an empty directory gives way too.</summary>
    /// <exception cref="RestoreException">It cannot have that name.</exception>
    public void Rename(EntryName name, EntryName newName)
    {
        int error = Posix.Rename(_handle, name.Bytes, newName.Bytes);
        if (error == -PosixErrno.IsDirectory && Posix.RemoveDirectory(_handle, newName.Bytes) == 0)
        {
            error = Posix.Rename(_handle, name.Bytes, newName.Bytes);
        }

        if (error < 0)
        {
            throw Failure(newName, "cannot be put in the place of what is there", error);
        }
    }

    // For a directory that was there before nothing need be set that is right: what was put into it changed its time, and that is asked anew.
    private PresentTraits? TraitsOfExisting() => !IsNew && Posix.Stat(_handle, out PosixStatus status) == 0 ? PresentTraits.Of(status) : null;
}
