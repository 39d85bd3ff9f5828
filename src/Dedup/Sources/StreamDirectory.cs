using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>A directory on the way to a file that is no file of a file system: it holds one entry, the next name of the file's path.</summary>
/// <param name="path">The file's path from here.</param>
/// <param name="file">The file's metadata.</param>
/// <param name="open">Opens the file.</param>
internal sealed class StreamDirectory(ArraySegment<EntryName> path, NodeMetadata file, Func<ISourceFile> open) : ISourceDirectory
{
    private const uint DirectoryMode = 0x1ED; // 0755

    public IReadOnlyList<EntryName> ReadNames() => [path[0]];

    public NodeMetadata Stat(EntryName name) =>
        path.Count == 1 ? file : file with { Type = NodeType.Directory, Mode = DirectoryMode, Size = 0, Inode = 0 };

    public ISourceDirectory OpenDirectory(EntryName name) => new StreamDirectory(path[1..], file, open);

    public ISourceFile OpenFile(EntryName name) => open();

    public byte[] ReadLink(EntryName name) => throw new SourceException(name.ToString(), "is no symbolic link");

    public IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => [];

    public void Dispose()
    {
    }
}
