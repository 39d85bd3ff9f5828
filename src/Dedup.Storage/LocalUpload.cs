namespace Dedup.Storage;

/// <summary>An upload to a folder: a temporary file that is synced and linked to its name in the end.</summary>
internal sealed unsafe class LocalUpload : IObjectUpload, IDisposable
{
    private readonly LocalRoot _root;
    private readonly Descriptor _file;
    private readonly string _temporaryName;
    private bool _isOver;

    /// <param name="root">The store.</param>
    /// <param name="file">The open temporary file, which this upload closes.</param>
    /// <param name="temporaryName">Its path relative to the root.</param>
    internal LocalUpload(LocalRoot root, Descriptor file, string temporaryName)
    {
        _root = root;
        _file = file;
        _temporaryName = temporaryName;
    }

    /// <inheritdoc/>
    public long Length { get; private set; }

    private string PathOfFile => _root.PathOf(_temporaryName);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Append(bytes.Span, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        using Descriptor.Loan file = _file.Borrow();
        if (_root.ReadRange(file.Number, _temporaryName, offset, destination.Span, cancellationToken) != destination.Length)
        {
            throw new StoreException($"{PathOfFile}: the file is shorter than what was written to it; check the disk");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken) =>
        Publish(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _file.Dispose();
        LocalPath path = LocalPath.From(_temporaryName);
        using Descriptor.Loan root = _root.Borrow();
        // A name that cannot be removed now is unlocked all the same, and goes with the next sweep.
        _ = _root.Disk.Unlink(root.Number, (byte*)&path);
    }

    internal void Append(ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        using Descriptor.Loan file = _file.Borrow();
        fixed (byte* start = bytes)
        {
            for (int written = 0; written < bytes.Length;)
            {
                nint count = _root.Disk.PWrite(file.Number, start + written, (nuint)(bytes.Length - written), Length + written);
                if (count > 0)
                {
                    written += (int)count;
                }
                else if (count == 0 || Posix.LastError != Errno.Interrupted)
                {
                    int error = count == 0 ? Errno.InputOutput : Posix.LastError;
                    Dispose(); // At once: a full disk should not stay full until the caller does.
                    throw Errno.ToException(error, PathOfFile, "write");
                }
            }
        }

        Length += bytes.Length;
    }

    internal bool Publish(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        try
        {
            _root.ThrowIfFailed();
            using Descriptor.Loan file = _file.Borrow();
            if (_root.Disk.Fsync(file.Number) != 0)
            {
                // Final: after a failed sync the kernel may count the lost pages as written, and a second sync succeeds.
                throw Errno.ToException(Posix.LastError, PathOfFile, "make the file durable");
            }

            _root.SyncDeletions();
            return Link(file.Number, name);
        }
        finally
        {
            Dispose();
        }
    }

    private bool Link(int file, ObjectName name)
    {
        string path = _root.PathOf(name.Value);
        int folder = _root.OpenFolderForWriting(name.Folder);
        try
        {
            LocalPath target = LocalPath.From(name.Leaf);
            int error = TryLink(folder, &target);
            bool isOurs = error switch
            {
                0 => true,
                // On a network a first reply may have been lost, and the call been sent again: then it is ours.
                Errno.Exists => IsSameFile(file, folder, &target),
                Errno.NoEntry => throw new StoreException($"{path}: cannot publish the object: its temporary file or its folder "
                    + "was taken away; see which other program changes the store", isTransient: true),
                Errno.NotSupported => throw new StoreException($"{path}: cannot publish the object: the file system has neither "
                    + "hard links nor renaming without replacing; keep the store on another file system"),
                _ => throw Errno.ToException(error, path, "publish the object"),
            };

            // Also when the name was taken: who took it may have been killed before this step,
            // and the caller is about to rely on that object.
            _root.Sync(folder, name.Folder);
            return isOurs;
        }
        finally
        {
            _ = Posix.Close(folder);
        }
    }

    private int TryLink(int folder, LocalPath* target)
    {
        LocalPath source = LocalPath.From(_temporaryName);
        using Descriptor.Loan root = _root.Borrow();
        if (_root.HasHardLinks)
        {
            int linked;
            do
            {
                linked = _root.Disk.Link(root.Number, (byte*)&source, folder, (byte*)target);
            }
            while (linked != 0 && Posix.LastError == Errno.Interrupted);

            if (linked == 0 || Posix.LastError is not (Errno.NotPermitted or Errno.NotSupported or Errno.NotImplemented))
            {
                return linked == 0 ? 0 : Posix.LastError;
            }

            _root.HasHardLinks = false;
        }

        if (_root.Disk.RenameIfAbsent(root.Number, (byte*)&source, folder, (byte*)target) == 0)
        {
            return 0;
        }

        // EINVAL is how a file system says that it knows no such flag.
        return Posix.LastError == Errno.Invalid ? Errno.NotSupported : Posix.LastError;
    }

    private static bool IsSameFile(int file, int folder, LocalPath* path) =>
        Posix.Status(file, out FileStatus ours) == 0
        && Posix.StatusAt(folder, (byte*)path, out FileStatus theirs) == 0
        && ours.IsSameFile(theirs);

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The upload is over: it was published, failed or disposed of.");
        }
    }
}
