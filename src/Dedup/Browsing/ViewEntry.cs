using System.Security.Cryptography;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>An entry of a <see cref="SnapshotView"/>: a folder above the snapshots, the root of a snapshot, or an entry of one.</summary>
public sealed class ViewEntry
{
    private const int TagLength = 16;

    private ViewEntry(EntryName name, DateTimeOffset modified)
    {
        Name = name;
        Modified = modified;
    }

    /// <summary>The name; that of the view's own root is empty.</summary>
    public EntryName Name { get; }

    /// <summary>What it is.</summary>
    public NodeType Type => Node?.Metadata.Type ?? NodeType.Directory;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Type == NodeType.Directory;

    /// <summary>The length of a file in bytes; 0 for everything else.</summary>
    public long Size => Node?.Metadata.Size ?? 0;

    /// <summary>When it was modified, to 100 ns; of the root of a snapshot when that was made, and of a folder above snapshots when the newest in it was.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>The snapshot that it lies in or is the root of; <see langword="null"/> above the snapshots.</summary>
    public Snapshot? Snapshot { get; private init; }

    /// <summary>The entry as the snapshot has it; <see langword="null"/> for the root of a snapshot and above.</summary>
    public Node? Node { get; private init; }

    /// <summary>What it holds, when it is a folder above the snapshots.</summary>
    internal FolderContent? Folder { get; private init; }

    /// <summary>The tree of a directory in a snapshot; zero for everything else.</summary>
    internal BlobId Tree => Node?.Tree ?? Snapshot?.Tree ?? default;

    /// <summary>
    /// A word of 32 hexadecimal digits that says what a file's content is: files of one repository with the same word have the same content, in whatever
    /// snapshot. It is a hash of the ids and lengths of the file's extents, so that it costs no reading.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is no file.</exception>
    public string ContentTag()
    {
        if (Type != NodeType.File)
        {
            throw new InvalidOperationException($"'{Name}' is no file: only files have content.");
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Node!.List, Size);
        foreach (Extent extent in Node.Extents)
        {
            Append(hash, extent.Blob, extent.Length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, TagLength));
    }

    internal static ViewEntry OfFolder(EntryName name, FolderContent content) => new(name, content.Newest) { Folder = content };

    internal static ViewEntry OfSnapshot(EntryName name, Snapshot snapshot) => new(name, snapshot.Time) { Snapshot = snapshot };

    internal static ViewEntry OfNode(Snapshot snapshot, Node node) =>
        new(node.Name, UnixTime.ToDateTimeOffset(node.Metadata.ModifiedNs)) { Snapshot = snapshot, Node = node };

    private static void Append(IncrementalHash hash, BlobId id, long length)
    {
        Span<byte> record = stackalloc byte[BlobId.Length + sizeof(long)];
        id.CopyTo(record);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(record[BlobId.Length..], length);
        hash.AppendData(record);
    }
}
