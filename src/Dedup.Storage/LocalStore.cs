using System.Runtime.CompilerServices;

namespace Dedup.Storage;

/// <summary>
/// A store in a folder: the object <c>packs/ab…</c> is the file <c>packs/ab…</c> below it.
/// </summary>
/// <remarks>
/// <para>An object is written to a temporary file in <c>tmp</c>, synced, linked to its name (which fails when the name
/// is taken) and its folder is synced. Where a file system has no hard links, renaming without replacing takes their
/// place. Deletions are durable before anything that this store deletes from another folder or writes later.</para>
/// <para>Only regular files are objects. A symbolic link, folder or device under an object's name is never followed: it
/// is left out of listings, its name counts as taken, and reading it is an error.</para>
/// <para>The folder is held open while the store is. All work is done by blocking system calls on the caller's
/// thread: every task that is returned has completed. Linux only.</para>
/// </remarks>
public sealed unsafe class LocalStore : IObjectStore
{
    private readonly LocalRoot _root;
    private readonly Lock _sweeping = new();
    private volatile bool _isSwept;

    /// <summary>Opens a store in a folder that is there; nothing is created.</summary>
    /// <param name="path">The folder, absolute or relative to the current one.</param>
    /// <exception cref="StoreException">The folder is missing, not a folder, or may not be opened.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not 64-bit Linux.</exception>
    public LocalStore(string path)
        : this(path, DiskCalls.Kernel)
    {
    }

    /// <param name="path">The folder.</param>
    /// <param name="disk">What stands for the kernel.</param>
    internal LocalStore(string path, DiskCalls disk) => _root = LocalRoot.Open(FullPath(path), disk);

    /// <inheritdoc/>
    public string Location => _root.Location;

    internal LocalRoot Root => _root;

    /// <summary>Opens a store in a folder, which is made (mode 0700), with those above it, when it is missing.</summary>
    /// <param name="path">The folder, absolute or relative to the current one.</param>
    /// <exception cref="StoreException">The folder could not be made or opened.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not 64-bit Linux.</exception>
    public static LocalStore Create(string path)
    {
        string location = FullPath(path);
        LocalRoot.Create(location);
        return new LocalStore(location);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        PutIfAbsent(name, content.Span, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => BeginUpload(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        Read(name, offset, destination.Span, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfNotFolder(folder);
        return Enumerate(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Info(name);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Delete(name);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        try
        {
            if (!_root.IsClosed)
            {
                _root.SyncDeletions();
            }
        }
        finally
        {
            _root.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OperatingSystem.IsLinux() && Environment.Is64BitProcess
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
            : throw new PlatformNotSupportedException("A store in a folder needs 64-bit Linux; use another kind of store.");
    }

    private bool PutIfAbsent(ObjectName name, ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        using LocalUpload upload = BeginUpload(cancellationToken);
        upload.Append(content, cancellationToken);
        return upload.Publish(name, cancellationToken);
    }

    private LocalUpload BeginUpload(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _root.ThrowIfFailed();
        SweepOnce();
        Descriptor file = TemporaryFile.Create(_root, out string name);
        return new LocalUpload(_root, file, name);
    }

    private void SweepOnce()
    {
        if (_isSwept)
        {
            return;
        }

        lock (_sweeping)
        {
            if (!_isSwept)
            {
                TemporaryFile.Sweep(_root);
                _isSwept = true;
            }
        }
    }

    // The file is opened anew for each range: that costs about a microsecond, and a deleted object is never read on.
    private int Read(ObjectName name, long offset, Span<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        LocalPath path = LocalPath.From(name.Value);
        using Descriptor.Loan root = _root.Borrow();
        // Without waiting: opening a named pipe would otherwise wait for its writer.
        int file = LocalRoot.OpenAt(root.Number, (byte*)&path, Posix.ReadOnly | Posix.NoFollow | Posix.NonBlocking, 0);
        if (file < 0)
        {
            _root.ThrowUnlessMissing(Posix.LastError, _root.PathOf(name.Value), "open");
            throw new ObjectNotFoundException(name, Location);
        }

        try
        {
            return _root.ReadRange(file, name.Value, offset, destination, cancellationToken);
        }
        finally
        {
            _ = Posix.Close(file);
        }
    }

    private ObjectInfo? Info(ObjectName name)
    {
        LocalPath path = LocalPath.From(name.Value);
        using Descriptor.Loan root = _root.Borrow();
        if (Posix.StatusAt(root.Number, (byte*)&path, out FileStatus status) != 0)
        {
            _root.ThrowUnlessMissing(Posix.LastError, _root.PathOf(name.Value), "ask for");
            return null;
        }

        return status.IsRegular
            ? new ObjectInfo(name, (long)status.Length)
            : throw Errno.ToException(Errno.Loop, _root.PathOf(name.Value), "ask for");
    }

    private bool Delete(ObjectName name)
    {
        _root.ThrowIfFailed();
        _root.SyncDeletions(exceptFrom: name.Folder);
        LocalPath path = LocalPath.From(name.Value);
        using Descriptor.Loan root = _root.Borrow();
        if (_root.Disk.Unlink(root.Number, (byte*)&path) != 0)
        {
            _root.ThrowUnlessMissing(Posix.LastError, _root.PathOf(name.Value), "delete");
            return false;
        }

        _root.NoteDeletion(name.Folder);
        return true;
    }

    private async IAsyncEnumerable<ObjectInfo> Enumerate(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using ObjectLister? objects = ObjectLister.TryOpen(_root, folder);
        while (objects is not null && objects.TryRead(out ObjectInfo info))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return info;
        }
    }
}
