namespace Dedup.Trees;

/// <summary>A piece of a file's content: a chunk, or a hole.</summary>
/// <param name="Blob">The chunk; zero for a hole.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct Extent(BlobId Blob, long Length)
{
    /// <summary>Whether nothing is stored for this piece: it reads as zeros and takes no room.</summary>
    public bool IsHole => Blob.IsZero;

    /// <summary>A hole of some length.</summary>
    public static Extent Hole(long length) => new(default, length);
}
