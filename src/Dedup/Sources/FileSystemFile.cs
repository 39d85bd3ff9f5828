using System.Buffers;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>An open regular file of the file system.</summary>
internal sealed class FileSystemFile : ISourceFile
{
    // Below this the kernel's usual read-ahead (128 KiB, growing) has the file before the advice would tell.
    private const long SequentialFrom = 1 << 20;

    // How much of a file without a length is looked at in one go.
    private const int ProbeLength = 64 << 10;

    private readonly PosixHandle _handle;
    private readonly FileSystemDirectory _directory;
    private readonly EntryName _name;
    private readonly bool _mayHaveHoles;
    private bool _searchesHoles = true;

    /// <summary>Takes over an open file.</summary>
    /// <param name="handle">The open file.</param>
    /// <param name="status">What was seen of it after it was opened.</param>
    /// <param name="directory">The directory it was opened from.</param>
    /// <param name="name">Its name there.</param>
    public FileSystemFile(PosixHandle handle, in PosixStatus status, FileSystemDirectory directory, EntryName name)
    {
        _handle = handle;
        _directory = directory;
        _name = name;
        _mayHaveHoles = (UInt128)status.Blocks * 512 < status.Size;
        if (status.Size >= SequentialFrom)
        {
            // Only advice: reading is right without it, so that its failure is none.
            _ = Posix.AdviseSequential(handle);
        }
    }

    /// <inheritdoc/>
    public NodeMetadata Stat() =>
        FileSystemMetadata.From(LookAt(), _directory.OwnerNames)
        ?? throw new SourceException(Path(), "is of a kind that cannot be backed up");

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int count = Posix.Read(_handle, destination[total..], offset + total);
            if (count < 0)
            {
                throw FileSystemFailure.Of(Path(), $"cannot be read at byte {offset + total}", count);
            }

            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    /// <inheritdoc/>
    public bool TryFindData(long offset, out long start, out long end)
    {
        if (_mayHaveHoles && _searchesHoles)
        {
            start = Posix.FindData(_handle, offset);
            if (start >= 0)
            {
                end = Posix.FindHole(_handle, start);
                // Cut off between the two calls: the rest of the file is gone.
                return end >= 0 || (end == -PosixErrno.NoDeviceOrAddress ? false : throw Failure(end));
            }

            end = start;
            if (start == -PosixErrno.NoDeviceOrAddress)
            {
                return false;
            }

            if (start is not (-PosixErrno.Invalid or -PosixErrno.NotSupported))
            {
                throw Failure(start);
            }

            _searchesHoles = false;
        }

        // A file with all its blocks, or on a file system that cannot tell: all of it is data.
        start = offset;
        end = (long)Math.Min(LookAt().Size, long.MaxValue);
        if (end > 0)
        {
            return offset < end;
        }

        // The files of /proc say that they are empty and have content all the same.
        byte[] probe = ArrayPool<byte>.Shared.Rent(ProbeLength);
        try
        {
            end = offset + Read(offset, probe.AsSpan(0, ProbeLength));
            return end > start;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(probe);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExtendedAttribute> ReadXattrs() => FileSystemXattrs.Read(_handle, [], _directory, _name);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private PosixStatus LookAt()
    {
        int error = Posix.Stat(_handle, out PosixStatus status);
        return error == 0 ? status : throw FileSystemFailure.Of(Path(), "cannot be looked at", error);
    }

    private SourceException Failure(long error) => FileSystemFailure.Of(Path(), "cannot be searched for holes", error);

    private string Path() => _directory.PathOf(_name);
}
