using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Benchmarks;

/// <summary>A source of files that are made as they are read: directories of up to 1000 files each.</summary>
/// <param name="content">What is in the files.</param>
internal sealed class SyntheticSource(ISyntheticContent content) : IBackupSource
{
    private const int FilesPerDirectory = 1000;

    /// <summary>Long ago, so that nothing counts as changed a moment before.</summary>
    private const long TimeNs = 1_600_000_000_000_000_000;

    public IReadOnlyList<string> Paths { get; } = ["/synthetic"];

    public ISourceDirectory OpenRoot() => new Root(content);

    private static EntryName NameOf(char letter, int number) => EntryName.FromText($"{letter}{number:d8}");

    private static int NumberOf(EntryName name)
    {
        int number = 0;
        foreach (byte digit in name.Bytes[1..])
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private abstract class SyntheticDirectory : ISourceDirectory
    {
        public abstract IReadOnlyList<EntryName> ReadNames();

        public abstract NodeMetadata Stat(EntryName name);

        public virtual ISourceDirectory OpenDirectory(EntryName name) => throw new InvalidOperationException("There is no directory here.");

        public virtual ISourceFile OpenFile(EntryName name) => throw new InvalidOperationException("There is no file here.");

        public byte[] ReadLink(EntryName name) => throw new InvalidOperationException("There is no link here.");

        public IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => [];

        public void Dispose()
        {
        }
    }

    private sealed class Root(ISyntheticContent content) : SyntheticDirectory
    {
        public override IReadOnlyList<EntryName> ReadNames() =>
            [.. Enumerable.Range(0, (content.Files + FilesPerDirectory - 1) / FilesPerDirectory).Select(number => NameOf('d', number))];

        public override NodeMetadata Stat(EntryName name) => new() { Type = NodeType.Directory, Mode = 0x1ED, ModifiedNs = TimeNs, ChangedNs = TimeNs };

        public override ISourceDirectory OpenDirectory(EntryName name) => new FileDirectory(content, NumberOf(name) * FilesPerDirectory);
    }

    private sealed class FileDirectory(ISyntheticContent content, int first) : SyntheticDirectory
    {
        public override IReadOnlyList<EntryName> ReadNames() =>
            [.. Enumerable.Range(first, Math.Min(FilesPerDirectory, content.Files - first)).Select(number => NameOf('f', number))];

        public override NodeMetadata Stat(EntryName name) => MetadataOf(content, NumberOf(name));

        public override ISourceFile OpenFile(EntryName name) => new OpenFileOf(content, NumberOf(name));
    }

    private static NodeMetadata MetadataOf(ISyntheticContent content, int number) => new()
    {
        Type = NodeType.File,
        Mode = 0x1A4,
        ModifiedNs = TimeNs + content.VersionOf(number),
        ChangedNs = TimeNs + content.VersionOf(number),
        Size = content.LengthOf(number),
        Inode = (ulong)number + 1,
    };

    private sealed class OpenFileOf(ISyntheticContent content, int number) : ISourceFile
    {
        public NodeMetadata Stat() => MetadataOf(content, number);

        public int Read(long offset, Span<byte> destination)
        {
            int length = (int)Math.Clamp(content.LengthOf(number) - offset, 0, destination.Length);
            content.Read(number, offset, destination[..length]);
            return length;
        }

        public bool TryFindData(long offset, out long start, out long end)
        {
            (start, end) = (offset, content.LengthOf(number));
            return start < end;
        }

        public IReadOnlyList<ExtendedAttribute> ReadXattrs() => [];

        public void Dispose()
        {
        }
    }
}
