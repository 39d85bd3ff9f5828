using System.Text;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>A source in memory that counts what is read and fails where it is told to.</summary>
public sealed class MemorySource(MemoryDirectory root) : IBackupSource
{
    private long _filesOpened, _bytesRead;

    /// <summary>The directory under which everything lies.</summary>
    public MemoryDirectory Root => root;

    /// <summary>How many files were opened.</summary>
    public long FilesOpened => Interlocked.Read(ref _filesOpened);

    /// <summary>How many bytes were read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; init; } = ["/memory"];

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot()
    {
        root.ThrowIfFailing();
        return new OpenDirectory(this, root);
    }

    private sealed class OpenDirectory(MemorySource source, MemoryDirectory directory) : ISourceDirectory
    {
        public IReadOnlyList<EntryName> ReadNames() =>
            directory.ListingFailure is null ? [.. directory.Entries.Keys] : throw directory.ListingFailure;

        public NodeMetadata Stat(EntryName name) => Get<MemoryEntry>(name).Metadata;

        ISourceDirectory ISourceDirectory.OpenDirectory(EntryName name) => new OpenDirectory(source, Get<MemoryDirectory>(name));

        public ISourceFile OpenFile(EntryName name)
        {
            MemoryFile file = Get<MemoryFile>(name);
            file.ThrowIfFailing();
            _ = Interlocked.Increment(ref source._filesOpened);
            return new OpenFileOf(source, file);
        }

        public byte[] ReadLink(EntryName name) => Encoding.UTF8.GetBytes(Get<MemoryLink>(name).Target);

        public IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => Get<MemoryEntry>(name).Xattrs;

        public void Dispose()
        {
        }

        private T Get<T>(EntryName name)
            where T : MemoryEntry
        {
            T entry = directory.Entries.TryGetValue(name, out MemoryEntry? found)
                ? (T)found
                : throw new SourceException(name.ToString(), "vanished", hasVanished: true);
            if (entry is MemoryDirectory)
            {
                entry.ThrowIfFailing();
            }

            return entry;
        }
    }

    private sealed class OpenFileOf(MemorySource source, MemoryFile file) : ISourceFile
    {
        public NodeMetadata Stat() => file.Metadata;

        public int Read(long offset, Span<byte> destination)
        {
            file.BeforeRead();
            file.ThrowIfFailing();
            int length = (int)Math.Clamp(file.Content.Length - offset, 0, destination.Length);
            file.Content.AsSpan((int)Math.Min(offset, file.Content.Length), length).CopyTo(destination);
            _ = Interlocked.Add(ref source._bytesRead, length);
            return length;
        }

        public bool TryFindData(long offset, out long start, out long end)
        {
            foreach ((int Start, int End) piece in file.Data ?? [(0, file.Content.Length)])
            {
                if (piece.End > offset)
                {
                    (start, end) = (Math.Max(piece.Start, offset), piece.End);
                    return true;
                }
            }

            start = end = 0;
            return false;
        }

        public IReadOnlyList<ExtendedAttribute> ReadXattrs() => file.Xattrs;

        public void Dispose()
        {
        }
    }
}
