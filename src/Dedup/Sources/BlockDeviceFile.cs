using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>A block device read as a file of its length.</summary>
internal sealed class BlockDeviceFile : ISourceFile
{
    private readonly FileSystemFile _file;
    private readonly NodeMetadata _metadata;

    /// <param name="handle">The open device.</param>
    /// <param name="file">The same, for reading; disposed of with this one.</param>
    /// <param name="metadata">What is told of it, but for the length.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="SourceException">The device does not tell its length.</exception>
    public BlockDeviceFile(PosixHandle handle, FileSystemFile file, NodeMetadata metadata, string path)
    {
        _file = file;
        long length = Posix.FindEnd(handle);
        if (length < 0)
        {
            file.Dispose();
            throw FileSystemFailure.Of(path, "does not tell its length", length);
        }

        _metadata = metadata with { Size = length };
    }

    // Times of a device node tell nothing of its content, so they are those of the opening: nothing "changed while it was read".
    public NodeMetadata Stat() => _metadata;

    public int Read(long offset, Span<byte> destination) => _file.Read(offset, destination);

    public bool TryFindData(long offset, out long start, out long end)
    {
        start = offset;
        end = _metadata.Size;
        return start < end;
    }

    public IReadOnlyList<ExtendedAttribute> ReadXattrs() => _file.ReadXattrs();

    public void Dispose() => _file.Dispose();
}
