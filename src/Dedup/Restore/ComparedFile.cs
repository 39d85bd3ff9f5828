using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A file of the target whose content is compared with the snapshot's.</summary>
internal abstract class ComparedFile
{
    /// <summary>Opens the file, to read it.</summary>
    /// <exception cref="RestoreException">It cannot be opened.</exception>
    public abstract TargetFile OpenForReading();

    /// <summary>Takes the finding on one piece.</summary>
    /// <param name="offset">Where in the file the piece lies, in bytes.</param>
    /// <param name="extent">What is to lie there.</param>
    /// <param name="file">The file, open for reading.</param>
    /// <param name="found">What lies there, where that was read.</param>
    /// <returns>Whether the piece still has to be fetched and written.</returns>
    public abstract bool Same(long offset, in Extent extent, TargetFile file, ReadOnlySpan<byte> found);

    /// <inheritdoc cref="Same"/>
    public abstract bool Differs(long offset, in Extent extent);
}
