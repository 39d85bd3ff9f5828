namespace Dedup.FormatReader;

/// <summary>An entry of a directory (section 12). Times are nanoseconds since 1970 UTC; what a type does not have is null or zero.</summary>
public sealed record Node
{
    public required byte[] Name { get; init; }

    public required NodeType Type { get; init; }

    public required byte Remarks { get; init; }

    public required ushort Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public required string User { get; init; }

    public required string Group { get; init; }

    public required long Mtime { get; init; }

    public required long Ctime { get; init; }

    public required ulong Inode { get; init; }

    public required uint LinkCount { get; init; }

    public required ulong LinkDevice { get; init; }

    public required List<NodeAttribute> Attributes { get; init; }

    /// <summary>Length of a file in bytes.</summary>
    public ulong Size { get; init; }

    /// <summary>The extents of a file that keeps them in its node.</summary>
    public List<Extent>? Extents { get; init; }

    /// <summary>The list blob of any other file.</summary>
    public string? ListId { get; init; }

    /// <summary>The tree of a directory.</summary>
    public string? TreeId { get; init; }

    public ulong FilesBelow { get; init; }

    public ulong DirectoriesBelow { get; init; }

    public ulong BytesBelow { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public byte[]? Target { get; init; }

    public uint Major { get; init; }

    public uint Minor { get; init; }
}
