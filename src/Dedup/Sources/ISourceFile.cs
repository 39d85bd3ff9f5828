using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>An open file of a source. One thread at a time.</summary>
/// <remarks>A source without holes and extended attributes implements <see cref="Stat"/> and <see cref="Read"/>.</remarks>
public interface ISourceFile : IDisposable
{
    /// <summary>
    /// The size that a file's metadata tells where its length is not known before it is read: it is then read from front to back, once, until a read
    /// gives less than was asked for.
    /// </summary>
    const long UnknownLength = long.MaxValue;

    /// <summary>What the file system tells of the open file at this moment.</summary>
    /// <exception cref="SourceException">The file cannot be looked at.</exception>
    NodeMetadata Stat();

    /// <summary>Reads content.</summary>
    /// <param name="offset">Where to read, in bytes.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <returns>How many bytes were read: fewer than asked for only where the file ends.</returns>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    int Read(long offset, Span<byte> destination);

    /// <summary>Finds the next piece of content that is not a hole. All that <see cref="Stat"/> tells the length of is one piece unless the source says otherwise.</summary>
    /// <param name="offset">Where to look from, in bytes.</param>
    /// <param name="start">Where the piece starts; at or past the offset.</param>
    /// <param name="end">Where the piece ends: a hole, or the end of the file.</param>
    /// <returns><see langword="false"/> when nothing but a hole, or nothing at all, follows the offset.</returns>
    /// <exception cref="SourceException">The file cannot be searched.</exception>
    bool TryFindData(long offset, out long start, out long end)
    {
        start = offset;
        end = Stat().Size;
        return offset < end;
    }

    /// <summary>The extended attributes, sorted by name. None unless the source says otherwise.</summary>
    /// <exception cref="SourceException">The attributes cannot be read.</exception>
    IReadOnlyList<ExtendedAttribute> ReadXattrs() => [];
}
