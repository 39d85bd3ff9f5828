using System.Text;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// An open directory of the target of a restore. Everything is made and opened relative to open directories and by names that are no
/// paths, and no link is ever followed: nothing can be written outside the directory that the user chose, whatever lies in it.
/// May be used by several threads at once.
/// </summary>
internal sealed partial class TargetDirectory : IDisposable
{
    /// <summary>
    /// The mode of a file that is not done: nobody else may look in, and the sticky bit, which means nothing on a file, tells the next
    /// restore that an earlier one was interrupted here, whatever the times say.
    /// </summary>
    internal const uint UnfinishedFile = 0x380;

    // Nobody else may look in or put something there until the entry has its own metadata.
    private const uint PrivateDirectory = 0x1C0, PrivateNode = 0x180;

    // Somebody may be putting entries in the way all the time.
    private const int MaxAttempts = 16;

    private readonly PosixHandle _handle;
    private readonly TargetDirectory? _parent;
    private readonly string _rootPath;
    private readonly EntryName _name;
    private PresentTraits? _newFileTraits;

    private TargetDirectory(PosixHandle handle, string rootPath, TargetOwnership ownership)
    {
        _handle = handle;
        _rootPath = rootPath;
        Ownership = ownership;
    }

    private TargetDirectory(PosixHandle handle, TargetDirectory parent, EntryName name, bool isNew)
    {
        _handle = handle;
        _rootPath = parent._rootPath;
        Ownership = parent.Ownership;
        _parent = parent;
        _name = name;
        IsNew = isNew;
    }

    /// <summary>Who is to own what is made.</summary>
    public TargetOwnership Ownership { get; }

    /// <summary>Whether it was made by this restore, so that nothing is in the way in it.</summary>
    public bool IsNew { get; }

    /// <summary>The path of the directory itself, for people.</summary>
    public string FullPath => _parent is null ? _rootPath : _parent.PathOf(_name);

    private static int DirectoryFlags => PosixOpenFlags.ReadOnly | PosixOpenFlags.Directory | PosixOpenFlags.NoFollow;

    private static int FileFlags => PosixOpenFlags.ReadWrite | PosixOpenFlags.NoFollow | PosixOpenFlags.NonBlocking | PosixOpenFlags.NoControllingTerminal;

    /// <summary>Opens the directory that the user chose; links on the way to it, and it itself being one, are the user's wish and followed.</summary>
    /// <param name="path">The directory, absolute or relative to the working directory.</param>
    /// <param name="create">Whether to make it, and its parents, when it is not there.</param>
    /// <param name="ownership">Who is to own what is made; the snapshot's numbers when it is <see langword="null"/>.</param>
    /// <exception cref="RestoreException">It cannot be made or opened.</exception>
    public static TargetDirectory Open(string path, bool create, TargetOwnership? ownership = null)
    {
        string absolute = Path.GetFullPath(path);
        if (create)
        {
            try
            {
                Directory.CreateDirectory(absolute);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RestoreException(absolute, "the target directory cannot be made: choose another, or make it beforehand", e);
            }
        }

        PosixHandle? handle = Posix.OpenPath(Encoding.UTF8.GetBytes(absolute), PosixOpenFlags.ReadOnly | PosixOpenFlags.Directory, out int error);
        return handle is null
            ? throw new RestoreException(absolute, $"the target directory cannot be opened: {PosixErrno.Describe(error)}")
            : new TargetDirectory(handle, Path.TrimEndingDirectorySeparator(absolute), ownership ?? new TargetOwnership(isByName: false));
    }

    /// <summary>Opens a directory, or makes it, open to nobody else until it is given its metadata. Anything else of that name is removed.</summary>
    /// <exception cref="RestoreException">It cannot be made or opened.</exception>
    public TargetDirectory OpenOrCreateDirectory(EntryName name)
    {
        for (int attempt = 0; ; attempt++)
        {
            int error = Posix.MakeDirectory(_handle, name.Bytes, PrivateDirectory);
            bool isNew = error == 0;
            if (isNew || error == -PosixErrno.Exists)
            {
                PosixHandle? handle = OpenOwn(name, isNew, out error);
                if (handle is not null)
                {
                    return new TargetDirectory(handle, this, name, isNew);
                }
            }

            // Something else is in the way, or was and has gone.
            bool mayRetry = error is -PosixErrno.NotDirectory or -PosixErrno.SymbolicLink or -PosixErrno.NoEntry;
            ClearTheWay(name, "directory", mayRetry ? -PosixErrno.Exists : error, attempt);
        }
    }

    /// <summary>Opens a directory that is there.</summary>
    /// <exception cref="RestoreException">It is not there, or something else is.</exception>
    public TargetDirectory OpenDirectory(EntryName name)
    {
        PosixHandle? handle = Posix.Open(_handle, name.Bytes, DirectoryFlags, 0, out int error);
        return handle is null
            ? throw Failure(name, "the directory cannot be opened", error)
            : new TargetDirectory(handle, this, name, isNew: false);
    }

    /// <summary>Makes an empty file, readable to nobody else until it is given its metadata. Anything else of that name is removed, but not a directory.</summary>
    /// <exception cref="RestoreException">It cannot be made.</exception>
    public TargetFile CreateFile(EntryName name)
    {
        for (int attempt = 0; ; attempt++)
        {
            PosixHandle? handle = Posix.Open(
                _handle, name.Bytes, FileFlags | PosixOpenFlags.Create | PosixOpenFlags.Exclusive, UnfinishedFile, out int error);
            if (handle is not null)
            {
                return new TargetFile(handle, this, name, isNew: true);
            }

            ClearTheWay(name, "file", error, attempt);
        }
    }

    /// <summary>Opens a regular file that is there, to write more of it.</summary>
    /// <exception cref="RestoreException">It is not there, cannot be opened, or is something else.</exception>
    public TargetFile OpenFile(EntryName name)
    {
        PosixHandle handle = Posix.Open(_handle, name.Bytes, FileFlags, 0, out int error) ?? throw Failure(name, "cannot be opened", error);
        RequireType(handle, name, PosixStatus.TypeFile);
        return new TargetFile(handle, this, name, isNew: false);
    }

    /// <summary>What new files of this directory have before they are given anything, learnt from the first.</summary>
    /// <param name="file">A file just made here.</param>
    /// <returns><see langword="null"/> when it cannot be looked at.</returns>
    public PresentTraits? TraitsOf(PosixHandle file) =>
        _newFileTraits ??= Posix.Stat(file, out PosixStatus status) == 0
            ? new PresentTraits(status.UserId, status.GroupId, HasXattrs: Posix.ListXattrs(file, [], []) is not (0 or -PosixErrno.NotSupported))
            : null;

    /// <summary>Gives an entry its metadata back without opening its content.</summary>
    /// <param name="name">The entry.</param>
    /// <param name="metadata">What it shall have.</param>
    /// <param name="xattrs">The extended attributes it shall have.</param>
    /// <param name="isAsItWas">Whether the entry was there before and nothing was written to it: then only what differs is set.</param>
    /// <returns>What could not be given.</returns>
    /// <exception cref="RestoreException">It is not there, or something else is.</exception>
    public IReadOnlyList<RestoreProblem> ApplyMetadata(
        EntryName name, NodeMetadata metadata, IReadOnlyList<ExtendedAttribute> xattrs, bool isAsItWas = false)
    {
        // Pinned first: whatever is put in its place later is not touched.
        using PosixHandle handle = Posix.Open(_handle, name.Bytes, PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, 0, out int error)
            ?? throw Failure(name, "cannot be opened", error);
        PosixStatus status = RequireType(handle, name, TargetMetadata.TypeBits(metadata.Type));
        return TargetMetadata.Apply(handle, () => PathOf(name), metadata, xattrs, Ownership, isAsItWas ? PresentTraits.Of(status) : null);
    }

    /// <summary>Gives the directory itself its metadata back, after everything in it was made.</summary>
    /// <returns>What could not be given.</returns>
    public IReadOnlyList<RestoreProblem> ApplyMetadata(NodeMetadata metadata, IReadOnlyList<ExtendedAttribute> xattrs) =>
        TargetMetadata.Apply(_handle, () => FullPath, metadata, xattrs, Ownership, TraitsOfExisting());

    /// <summary>Removes an entry that is not a directory.</summary>
    /// <exception cref="RestoreException">It cannot be removed.</exception>
    public void Remove(EntryName name)
    {
        int error = Posix.Remove(_handle, name.Bytes);
        if (error < 0)
        {
            throw Failure(name, "cannot be removed", error);
        }
    }

    /// <summary>Makes all that was written to the target's file system durable.</summary>
    /// <exception cref="RestoreException">Something written was lost.</exception>
    public void Sync()
    {
        int error = Posix.SyncFileSystem(_handle);
        if (error < 0)
        {
            throw new RestoreException(_rootPath, $"what was written could not be made durable: {PosixErrno.Describe(error)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>The path of an entry of this directory, for people.</summary>
    public string PathOf(EntryName name)
    {
        Stack<EntryName> names = new([name]);
        for (TargetDirectory directory = this; directory._parent is not null; directory = directory._parent)
        {
            names.Push(directory._name);
        }

        return $"{_rootPath}/{string.Join('/', names)}";
    }

    private PosixHandle? OpenOwn(EntryName name, bool isNew, out int error)
    {
        PosixHandle? handle = Posix.Open(_handle, name.Bytes, DirectoryFlags, 0, out error);
        if (isNew || (handle is null && error != -PosixErrno.AccessDenied))
        {
            return handle;
        }

        // A directory left read-only by an earlier restore. Where it stays so, making something in it will tell.
        using PosixHandle? pinned = Posix.Open(_handle, name.Bytes, DirectoryFlags | PosixOpenFlags.PathOnly, 0, out _);
        if (pinned is not null
            && Posix.Stat(pinned, out PosixStatus status) == 0
            && (status.Mode & PrivateDirectory) != PrivateDirectory)
        {
            _ = Posix.SetMode(pinned, (status.Mode & PosixStatus.PermissionMask) | PrivateDirectory);
        }

        return handle ?? Posix.Open(_handle, name.Bytes, DirectoryFlags, 0, out error);
    }

    // Removes what has the name that is wanted; of directories only an empty one, as others hold what nobody wants to lose.
    private void ClearTheWay(EntryName name, string what, int error, int attempt)
    {
        if (error == -PosixErrno.Exists && attempt < MaxAttempts)
        {
            error = Posix.Remove(_handle, name.Bytes);
            if (error == -PosixErrno.IsDirectory)
            {
                error = Posix.RemoveDirectory(_handle, name.Bytes);
            }

            if (error is 0 or -PosixErrno.NoEntry)
            {
                return;
            }
        }

        throw error is -PosixErrno.NotEmpty
            ? new RestoreException(PathOf(name), $"the {what} cannot be made: a directory is in its place; move it away")
            : Failure(name, $"the {what} cannot be made", error);
    }

    private PosixStatus RequireType(PosixHandle handle, EntryName name, uint type)
    {
        int error = Posix.Stat(handle, out PosixStatus status);
        if (error == 0 && status.Type == type)
        {
            return status;
        }

        handle.Dispose();
        throw error == 0
            ? new RestoreException(PathOf(name), "something else took the place of what was restored")
            : Failure(name, "cannot be looked at", error);
    }

    private RestoreException Failure(EntryName name, string what, long error) => new(PathOf(name), $"{what}: {PosixErrno.Describe(error)}");
}
