namespace Dedup;

/// <summary>What the plaintext of a blob is. The numbers are part of the format.</summary>
internal enum BlobKind : byte
{
    /// <summary>A chunk of a file, or a large extended attribute.</summary>
    Data = 1,

    /// <summary>A directory, or a page of one.</summary>
    Tree = 2,

    /// <summary>The chunk list of a large file, or a page of one.</summary>
    List = 3,
}
