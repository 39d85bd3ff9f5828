namespace Dedup.Archives;

/// <summary>
/// Writes an archive front to back. After <see cref="Begin"/> of a file its content follows, as many bytes as its size says.
/// One thread at a time. An archive that is not completed is one that readers know to be cut off.
/// </summary>
internal abstract class ArchiveWriter : IDisposable
{
    /// <summary>Begins an entry, after the end of the one before.</summary>
    /// <exception cref="ArgumentException">The format cannot hold the entry.</exception>
    public abstract void Begin(ArchiveEntry entry);

    /// <summary>Adds content to the file begun last.</summary>
    public abstract void Write(ReadOnlySpan<byte> content);

    /// <summary>Adds a hole to the file begun last: so many zeros.</summary>
    public abstract void WriteHole(long length);

    /// <summary>Ends the archive; everything is then in the stream below.</summary>
    public abstract void Complete();

    /// <inheritdoc/>
    public abstract void Dispose();
}
