using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>A piece of a file that is being read.</summary>
/// <param name="Start">Where in the file it begins, in bytes.</param>
/// <param name="Extent">Its chunk, or a hole.</param>
/// <param name="Content">The chunk, there or under way; <see langword="null"/> for a hole.</param>
internal sealed record FilePiece(long Start, Extent Extent, Task<byte[]>? Content)
{
    /// <summary>Where the next piece begins.</summary>
    public long End => Start + Extent.Length;
}
