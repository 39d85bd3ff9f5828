using Dedup.Trees;

namespace Dedup.Archives;

/// <summary>An entry as an archive is to hold it.</summary>
internal sealed record ArchiveEntry
{
    /// <summary>The path in the archive: raw bytes, without a slash at either end.</summary>
    public required byte[] Path { get; init; }

    /// <summary>What the file system told of it.</summary>
    public required NodeMetadata Metadata { get; init; }

    /// <summary>The path of an entry before it in the archive that this one is another name of; <see langword="null"/> when it is none.</summary>
    public byte[]? HardLink { get; init; }

    /// <summary>Where a symbolic link points to, raw bytes; empty otherwise.</summary>
    public ReadOnlyMemory<byte> LinkTarget { get; init; }

    /// <summary>Extended attributes, access lists among them.</summary>
    public IReadOnlyList<ExtendedAttribute> Xattrs { get; init; } = [];

    /// <summary>Where a file with holes has data; <see langword="null"/> when it has none, or is not worth the trouble.</summary>
    public SparseMap? Sparse { get; init; }
}
