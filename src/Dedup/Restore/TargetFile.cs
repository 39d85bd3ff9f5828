using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A regular file of the target, or a device, open for reading and mostly for writing. Pieces may be written by several threads at once.</summary>
internal sealed partial class TargetFile : IDisposable
{
    private readonly PosixHandle _handle;
    private readonly TargetDirectory _directory;
    private readonly EntryName _name;
    private readonly bool _isNew;
    private readonly bool _isDevice;

    /// <summary>Takes over an open file.</summary>
    /// <param name="handle">The open file.</param>
    /// <param name="directory">Where it lies.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="isNew">Whether it was made by this opening.</param>
    /// <param name="isDevice">Whether it is a block device: of a length that stays, and without holes.</param>
    public TargetFile(PosixHandle handle, TargetDirectory directory, EntryName name, bool isNew, bool isDevice = false)
    {
        _isNew = isNew;
        _isDevice = isDevice;
        _handle = handle;
        _directory = directory;
        _name = name;
    }

    /// <summary>The length of the content in bytes.</summary>
    /// <exception cref="RestoreException">The file cannot be looked at.</exception>
    public long Length => Posix.FindEnd(_handle) is >= 0 and long length ? length : throw Failure("cannot be measured", -PosixErrno.Invalid);

    /// <summary>
    /// Whether the file has further names. A file that was there before the restore may have them outside the target:
    /// then it must be replaced, as writing to it would change it there too.
    /// </summary>
    /// <exception cref="RestoreException">The file cannot be looked at.</exception>
    public bool IsLinked => LookAt().LinkCount > 1;

    /// <summary>Reads content, so that what is already right need not be written.</summary>
    /// <returns>How many bytes were read: fewer than asked for only where the file ends.</returns>
    /// <exception cref="RestoreException">The file cannot be read.</exception>
    public int Read(long offset, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int count = Posix.Read(_handle, destination[total..], offset + total);
            if (count < 0)
            {
                throw Failure("cannot be read", count);
            }

            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    /// <summary>Writes all bytes at an offset; what was never written stays a hole.</summary>
    /// <exception cref="RestoreException">The disk is full, or the file cannot be written.</exception>
    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            int count = Posix.Write(_handle, content, offset);
            if (count <= 0)
            {
                throw count == 0 ? new RestoreException(Path, "cannot be written: nothing was taken") : Failure("cannot be written", count);
            }

            content = content[count..];
            offset += count;
        }
    }

    /// <summary>Cuts the file off, or extends it with a hole.</summary>
    /// <exception cref="RestoreException">The file cannot have this length here.</exception>
    public void SetLength(long length)
    {
        int error = Posix.SetLength(_handle, length);
        if (error < 0)
        {
            throw Failure($"cannot be {length} bytes long", error);
        }
    }

    /// <summary>Gives the file its metadata back, after everything was written.</summary>
    /// <returns>What could not be given.</returns>
    public IReadOnlyList<RestoreProblem> ApplyMetadata(NodeMetadata metadata, IReadOnlyList<ExtendedAttribute> xattrs) =>
        TargetMetadata.Apply(_handle, () => Path, metadata, xattrs, _directory.Ownership, _isNew ? _directory.TraitsOf(_handle) : null);

    /// <summary>Makes the content durable.</summary>
    /// <exception cref="RestoreException">Something written was lost.</exception>
    public void Sync()
    {
        int error = Posix.SyncContent(_handle);
        if (error < 0)
        {
            throw Failure("lost what was written to it", error);
        }
    }

    /// <summary>Has the content read from the disk next time, not from memory, as far as it is durable and the file system heeds it.</summary>
    public void ForgetCached() => _ = Posix.AdviseUnneeded(_handle);

    /// <summary>Closes the file, where network file systems and quotas report what they did not keep. To be called when all went well; disposing reports nothing.</summary>
    /// <exception cref="RestoreException">Something written was lost.</exception>
    public void Close()
    {
        int error = _handle.CloseChecked();
        if (error < 0)
        {
            throw Failure("lost what was written to it", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private PosixStatus LookAt()
    {
        int error = Posix.Stat(_handle, out PosixStatus status);
        return error == 0 ? status : throw Failure("cannot be looked at", error);
    }

    private string Path => _directory.PathOf(_name);

    private RestoreException Failure(string what, long error) => new(Path, $"{what}: {PosixErrno.Describe(error)}");
}
