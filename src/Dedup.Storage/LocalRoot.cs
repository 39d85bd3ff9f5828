using System.Collections.Concurrent;
using System.Text;

namespace Dedup.Storage;

/// <summary>
/// The folder of a local store, held open: everything goes relative to it, so that a drive which is unmounted and
/// leaves an empty folder under the same path is never written to by mistake, nor taken for an empty store.
/// </summary>
internal sealed unsafe class LocalRoot : IDisposable
{
    private const uint FolderMode = 0x1C0; // 0700

    private static readonly int OpenFolderFlags = Posix.ReadOnly | Posix.Folder;

    private readonly Descriptor _folder;
    private readonly ConcurrentDictionary<string, bool> _durableFolders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deletedFrom = new(StringComparer.Ordinal);
    private volatile StoreException? _failure;

    private LocalRoot(string location, Descriptor folder, DiskCalls disk)
    {
        Location = location;
        _folder = folder;
        Disk = disk;
    }

    /// <summary>The full path of the folder.</summary>
    internal string Location { get; }

    /// <summary>The system calls that change what lies in the folder.</summary>
    internal DiskCalls Disk { get; }

    /// <summary>Whether objects can be linked to their names; learned from the first attempt.</summary>
    internal bool HasHardLinks { get; set; } = true;

    internal bool IsClosed => _folder.IsClosed;

    /// <summary>Opens a folder that is there.</summary>
    /// <exception cref="StoreException">It is not there, not a folder, or may not be opened.</exception>
    internal static LocalRoot Open(string location, DiskCalls disk)
    {
        fixed (byte* path = Encoding.UTF8.GetBytes(location + '\0'))
        {
            int folder = OpenAt(Posix.CurrentFolder, path, OpenFolderFlags, 0);
            return folder >= 0
                ? new LocalRoot(location, new Descriptor(folder), disk)
                : throw Errno.ToException(Posix.LastError, location, "open the store");
        }
    }

    /// <summary>Makes a folder and those above it, where they are missing, and makes them durable.</summary>
    /// <exception cref="StoreException">A folder could not be made.</exception>
    internal static void Create(string location)
    {
        if (Directory.Exists(location))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(location);
        if (parent is not null)
        {
            Create(parent);
        }

        fixed (byte* path = Encoding.UTF8.GetBytes(location + '\0'))
        {
            if (Posix.MkdirAt(Posix.CurrentFolder, path, FolderMode) != 0 && Posix.LastError != Errno.Exists)
            {
                throw Errno.ToException(Posix.LastError, location, "create the folder");
            }
        }

        using LocalRoot above = Open(parent ?? location, DiskCalls.Kernel);
        using Descriptor.Loan folder = above.Borrow();
        above.Sync(folder.Number, "");
    }

    /// <summary>Borrows the descriptor of the root.</summary>
    internal Descriptor.Loan Borrow() => _folder.Borrow();

    /// <summary>The path of something in the store, for people.</summary>
    internal string PathOf(string name) => name.Length == 0 ? Location : $"{Location}/{name}";

    /// <summary>Opens a folder of the store: the root itself for an empty name.</summary>
    /// <returns>Its descriptor, or -1 when it is missing.</returns>
    internal int TryOpenFolder(string folder)
    {
        using Descriptor.Loan root = Borrow();
        LocalPath path = LocalPath.From(folder);
        int opened = OpenAt(root.Number, (byte*)&path, OpenFolderFlags, 0);
        if (opened < 0)
        {
            ThrowUnlessMissing(Posix.LastError, PathOf(folder), "open the folder");
        }

        return opened;
    }

    /// <summary>Opens a folder of the store to put something into it, made and durable.</summary>
    internal int OpenFolderForWriting(string folder)
    {
        if (_durableFolders.ContainsKey(folder) && TryOpenFolder(folder) is >= 0 and int known)
        {
            return known;
        }

        MakeFolder(folder);
        using Descriptor.Loan root = Borrow();
        // Also where another process made it: that one may not have come to this step.
        Sync(root.Number, "");
        _durableFolders[folder] = true;
        int opened = TryOpenFolder(folder);
        return opened >= 0 ? opened : throw Errno.ToException(Errno.NoEntry, PathOf(folder), "open the folder");
    }

    /// <summary>Makes a folder of the store unless it is there, without making it durable.</summary>
    internal void MakeFolder(string folder)
    {
        using Descriptor.Loan root = Borrow();
        LocalPath path = LocalPath.From(folder);
        if (Disk.MkdirAt(root.Number, (byte*)&path, FolderMode) != 0 && Posix.LastError != Errno.Exists)
        {
            throw Errno.ToException(Posix.LastError, PathOf(folder), "create the folder");
        }
    }

    /// <summary>Makes the entries of a folder durable.</summary>
    /// <remarks>A failure is final: the kernel may have dropped what it could not write and report success next time,
    /// so that nothing more is written through this store.</remarks>
    /// <exception cref="StoreException">The folder could not be synced.</exception>
    internal void Sync(int folder, string name)
    {
        // EINVAL: the file system has no such operation, since its folders are changed at once (some network ones).
        if (Disk.Fsync(folder) != 0 && Posix.LastError is int error and not Errno.Invalid)
        {
            _failure = Errno.ToException(error, PathOf(name), "make the folder durable");
            throw _failure;
        }
    }

    /// <summary>Notes that something was deleted from a folder, for <see cref="SyncDeletions"/>.</summary>
    internal void NoteDeletion(string folder)
    {
        lock (_deletedFrom)
        {
            _ = _deletedFrom.Add(folder);
        }
    }

    /// <summary>Makes deletions durable before a later step, so that a loss of power cannot keep the step and undo them.</summary>
    /// <param name="exceptFrom">A folder whose deletions may wait, since the later step is one of them.</param>
    internal void SyncDeletions(string? exceptFrom = null)
    {
        // Others wait: a folder leaves the set only when it is durable.
        lock (_deletedFrom)
        {
            if (_deletedFrom.Count > 0)
            {
                _ = _deletedFrom.RemoveWhere(folder => folder != exceptFrom && SyncFolder(folder));
            }
        }
    }

    /// <summary>Refuses a write after a folder could not be synced.</summary>
    internal void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            // The first failure is what matters, and whoever meets this one may be the only one that is heard.
            throw new StoreException($"{Location}: nothing more is written after an earlier failure ({failure.Message}); open the store again "
                + "once its disk has been checked", innerException: failure);
        }
    }

    /// <summary>Returns when the failure says that one object or folder is missing from a root that is there.</summary>
    /// <exception cref="StoreException">Anything else.</exception>
    internal void ThrowUnlessMissing(int error, string path, string action)
    {
        if (error != Errno.NoEntry)
        {
            throw Errno.ToException(error, path, action);
        }

        ThrowIfGone();
    }

    /// <summary>Throws when the root has been deleted: held open, it would look like an empty folder.</summary>
    /// <exception cref="StoreException">It has been, or cannot be reached.</exception>
    internal void ThrowIfGone()
    {
        using Descriptor.Loan root = Borrow();
        if (Posix.Status(root.Number, out FileStatus status) != 0)
        {
            throw Errno.ToException(Posix.LastError, Location, "reach the store");
        }

        if (status.LinkCount == 0)
        {
            throw new StoreException($"{Location}: the store's folder has been deleted while in use; restore the folder and open it again");
        }
    }

    /// <summary>Reads an open file of the store until the destination is full or the file ends.</summary>
    internal int ReadRange(int file, string name, long offset, Span<byte> destination, CancellationToken cancellationToken)
    {
        // Past the largest offset there is nothing, and asking for it is an error to the kernel.
        int length = (int)Math.Min(destination.Length, long.MaxValue - offset);
        int read = 0;
        fixed (byte* start = destination)
        {
            while (read < length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                nint count = Disk.PRead(file, start + read, (nuint)(length - read), offset + read);
                if (count == 0)
                {
                    break;
                }

                if (count > 0)
                {
                    read += (int)count;
                }
                else if (Posix.LastError != Errno.Interrupted)
                {
                    throw Errno.ToException(Posix.LastError, PathOf(name), "read");
                }
            }
        }

        return read;
    }

    /// <summary>openat(2), begun again when a signal interrupts it.</summary>
    internal static int OpenAt(int folder, byte* path, int flags, uint mode)
    {
        int file;
        do
        {
            file = Posix.OpenAt(folder, path, flags | Posix.CloseOnExec, mode);
        }
        while (file < 0 && Posix.LastError == Errno.Interrupted);
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private bool SyncFolder(string name)
    {
        int folder = TryOpenFolder(name);
        if (folder >= 0)
        {
            try
            {
                Sync(folder, name);
            }
            finally
            {
                _ = Posix.Close(folder);
            }
        }

        return true;
    }
}
