using System.Buffers;
using Dedup.Filtering;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>
/// An open directory of the file system: either with everything in it, or on the way to paths that were asked for and then with only those in it.
/// </summary>
internal sealed class FileSystemDirectory : ISourceDirectory
{
    private readonly PosixHandle _handle;
    private readonly FileSystemDirectory? _parent;
    private readonly EntryName _name;
    private readonly FileSystemSourceOptions _options;

    // What to show of a directory on the way; null when everything is shown.
    private readonly FileSystemSelection? _selection;

    // How far the patterns of what is to be left out have come.
    private readonly PatternState _excludes;

    private readonly ulong _device;

    // Where another file system is mounted that is left out: shown empty.
    private readonly bool _isLeftOut;

    private bool _hasListed;

    // Only the owner may read without leaving a trace. Learnt at the first refusal, as entries of one directory mostly have one owner.
    private bool _refusesNoAccessTime;

    private FileSystemDirectory(
        PosixHandle handle, FileSystemDirectory? parent, EntryName name, FileSystemSelection? selection, FileSystemSourceOptions options, OwnerNames ownerNames)
    {
        _handle = handle;
        _parent = parent;
        _name = name;
        _selection = selection;
        _options = options;
        OwnerNames = ownerNames;
        _excludes = parent is null ? options.Excludes.Root : options.Excludes.Enter(parent._excludes, name.Bytes);
        _device = Device();
        _isLeftOut = selection is null && parent is { _selection: null } && _device != parent._device
            && (options.OneFileSystem || VirtualFileSystems.IsMountedAt(handle, Path()));
    }

    /// <summary>The names of users and groups that this source has looked up.</summary>
    public OwnerNames OwnerNames { get; }

    /// <summary>Opens <c>/</c>.</summary>
    public static FileSystemDirectory OpenRoot(FileSystemSelection selection, FileSystemSourceOptions options)
    {
        PosixHandle handle = Posix.OpenPath("/"u8, FlagsFor(selection), out int error)
            ?? throw FileSystemFailure.Of("/", "cannot be opened", error);
        return new FileSystemDirectory(handle, null, default, selection.IsWhole ? null : selection, options, new OwnerNames());
    }

    /// <inheritdoc/>
    public IReadOnlyList<EntryName> ReadNames()
    {
        if (_isLeftOut)
        {
            return [];
        }

        if (_selection is not null)
        {
            return [.. _selection.Children.Where(child => !child.IsWhole || !IsExcluded(child.Name.Bytes)).Select(static child => child.Name)];
        }

        if (_hasListed)
        {
            int error = Posix.Rewind(_handle);
            if (error < 0)
            {
                throw FileSystemFailure.Of(Path(), "cannot be listed", error);
            }
        }

        _hasListed = true;
        return WithoutMarked(FileSystemListing.Read(_handle, name => !IsExcluded(name), Path));
    }

    /// <inheritdoc/>
    public bool Includes(EntryName name, NodeMetadata metadata) =>
        metadata.Type != NodeType.File || metadata.Size == ISourceFile.UnknownLength || !(metadata.Size > _options.LargestFile);

    /// <inheritdoc/>
    public NodeMetadata Stat(EntryName name)
    {
        int error = Posix.Stat(_handle, name.Bytes, out PosixStatus status);
        if (error < 0)
        {
            throw FileSystemFailure.Of(PathOf(name), "cannot be looked at", error);
        }

        if (FollowsLinks && status.Type == PosixStatus.TypeSymbolicLink
            && Posix.StatTarget(_handle, name.Bytes, out PosixStatus target) == 0 && SpecialFile.Describe(target, OwnerNames) is { } followed)
        {
            return followed;
        }

        return (_options.ReadSpecial ? SpecialFile.Describe(status, OwnerNames) : null)
            ?? FileSystemMetadata.From(status, OwnerNames)
            ?? throw new SourceException(PathOf(name), "is of a kind that cannot be backed up");
    }

    /// <inheritdoc/>
    public ISourceDirectory OpenDirectory(EntryName name)
    {
        FileSystemSelection? selection = _selection?.Find(name);
        int flags = FlagsFor(selection) | PosixOpenFlags.NoFollow;
        PosixHandle? handle = Posix.Open(_handle, name.Bytes, flags, 0, out int error);
        if (handle is not null)
        {
            return new FileSystemDirectory(handle, this, name, selection is { IsWhole: false } ? selection : null, _options, OwnerNames);
        }

        throw error is -PosixErrno.NotDirectory or -PosixErrno.SymbolicLink
            ? new SourceException(PathOf(name), "is no directory any more: something else took its place")
            : FileSystemFailure.Of(PathOf(name), "cannot be opened", error);
    }

    /// <inheritdoc/>
    public ISourceFile OpenFile(EntryName name)
    {
        if (_options.ReadSpecial
            && SpecialFile.TryOpen(this, _handle, name, FollowsLinks ? 0 : PosixOpenFlags.NoFollow, _options.CancellationToken) is { } special)
        {
            return special;
        }

        return OpenRegular(name);
    }

    /// <inheritdoc/>
    public byte[] ReadLink(EntryName name)
    {
        // Linux ends targets at 4095 bytes; the result is cut off in silence only past what the format allows.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Limits.MaxLinkTargetLength + 1);
        try
        {
            int length = Posix.ReadLink(_handle, name.Bytes, buffer);
            return length switch
            {
                -PosixErrno.Invalid => throw new SourceException(PathOf(name), "is no symbolic link any more: something else took its place"),
                < 0 => throw FileSystemFailure.Of(PathOf(name), "cannot be read", length),
                > Limits.MaxLinkTargetLength => throw new SourceException(PathOf(name), "points to a target too long to be backed up"),
                _ => buffer.AsSpan(0, length).ToArray(),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => FileSystemXattrs.Read(_handle, name.Bytes, this, name);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>The path of an entry of this directory, for people; put together only when something went wrong.</summary>
    public string PathOf(EntryName name)
    {
        Stack<EntryName> names = new([name]);
        for (FileSystemDirectory directory = this; directory._parent is not null; directory = directory._parent)
        {
            names.Push(directory._name);
        }

        return "/" + string.Join('/', names);
    }

    /// <summary>Makes sure that everything that was asked for below this directory is there.</summary>
    /// <exception cref="SourceException">Something is missing or cannot be reached.</exception>
    public void RequireSelected()
    {
        foreach (FileSystemSelection child in _selection?.Children ?? [])
        {
            int error = Posix.Stat(_handle, child.Name.Bytes, out PosixStatus status);
            if (error == 0 && !child.IsWhole && status.Type != PosixStatus.TypeDirectory)
            {
                error = -PosixErrno.NotDirectory;
            }

            if (error < 0)
            {
                throw FileSystemFailure.Missing(PathOf(child.Name), error);
            }

            if (!child.IsWhole)
            {
                using FileSystemDirectory directory = (FileSystemDirectory)OpenDirectory(child.Name);
                directory.RequireSelected();
            }
        }
    }

    // A directory on the way need not be readable, as long as one may pass through it.
    private static int FlagsFor(FileSystemSelection? selection) =>
        PosixOpenFlags.Directory | (selection is { IsWhole: false } ? PosixOpenFlags.PathOnly : PosixOpenFlags.ReadOnly);

    // Of what was asked for by name: a path such as /dev/mapper/root is a link to the device.
    private bool FollowsLinks => _options.ReadSpecial && _selection is not null;

    private FileSystemFile OpenRegular(EntryName name)
    {
        PosixHandle handle = FileSystemFileOpener.Open(this, _handle, name, ref _refusesNoAccessTime, out PosixStatus status);
        return new FileSystemFile(handle, status, this, name);
    }

    private bool IsExcluded(ReadOnlySpan<byte> name) => _options.Excludes.Count > 0 && _options.Excludes.Match(_excludes, name).IsMatch;

    // Of a directory that is marked only the markers are shown.
    private List<EntryName> WithoutMarked(List<EntryName> names)
    {
        EntryName[] marking = [.. _options.Markers.Where(IsThere).Select(static marker => marker.Name)];
        return marking.Length == 0 ? names : [.. names.Where(marking.Contains)];
    }

    private bool IsThere(DirectoryMarker marker)
    {
        if (Posix.Stat(_handle, marker.Name.Bytes, out _) < 0)
        {
            return false;
        }

        if (marker.Header.IsEmpty)
        {
            return true;
        }

        try
        {
            byte[] start = new byte[marker.Header.Length];
            using FileSystemFile file = OpenRegular(marker.Name);
            return file.Read(0, start) == start.Length && marker.Header.Span.SequenceEqual(start);
        }
        catch (SourceException)
        {
            // What cannot be read marks nothing; that it cannot shows when it is backed up with all the rest.
            return false;
        }
    }

    private ulong Device()
    {
        int error = Posix.Stat(_handle, out PosixStatus status);
        return error == 0 ? status.Device : throw FileSystemFailure.Of(Path(), "cannot be looked at", error);
    }

    private string Path() => _parent is null ? "/" : _parent.PathOf(_name);
}
