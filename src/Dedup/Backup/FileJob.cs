using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>A file to be read.</summary>
/// <param name="directory">Where it lies.</param>
/// <param name="place">Its place among the entries of the directory.</param>
/// <param name="name">Its name.</param>
/// <param name="metadata">What the file system told of it before it was opened.</param>
/// <param name="previous">The node of the same name in the parent snapshot.</param>
internal sealed class FileJob(DirectoryBuilder directory, long place, EntryName name, NodeMetadata metadata, Node? previous) : Job
{
    public DirectoryBuilder Directory => directory;

    public EntryName Name => name;

    public long Length => metadata.Size;

    public bool IsNew => previous is null;

    public override void Run(FileReader reader) => reader.Read(this);

    /// <summary>Hands the finished node to the directory; <see langword="null"/> when the file could not be read.</summary>
    public void Complete(Node? node) => directory.Complete(place, node);
}
