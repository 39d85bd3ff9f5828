namespace Dedup.Trees;

/// <summary>An entry of a directory in a snapshot.</summary>
public sealed record Node
{
    /// <summary>The name, raw bytes.</summary>
    public required EntryName Name { get; init; }

    /// <summary>What the file system told of it.</summary>
    public required NodeMetadata Metadata { get; init; }

    /// <summary>What is to be said of how it came into the snapshot.</summary>
    public NodeRemarks Remarks { get; init; }

    /// <summary>Extended attributes, sorted by name.</summary>
    public IReadOnlyList<NodeXattr> Xattrs { get; init; } = [];

    /// <summary>A file's content when it is kept in the node; empty when it lies in a list, and for everything else.</summary>
    public IReadOnlyList<Extent> Extents { get; init; } = [];

    /// <summary>The list blob that holds the extents of a file of many; zero otherwise.</summary>
    public BlobId List { get; init; }

    /// <summary>A directory's tree; zero otherwise.</summary>
    public BlobId Tree { get; init; }

    /// <summary>What lies below a directory.</summary>
    public TreeTotals Totals { get; init; }

    /// <summary>Where a symbolic link points to, raw bytes; empty otherwise.</summary>
    public ReadOnlyMemory<byte> LinkTarget { get; init; }
}
