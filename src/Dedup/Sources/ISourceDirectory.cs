using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>An open directory of a source. Every member but <see cref="ReadNames"/> may be called from several threads at once.</summary>
/// <remarks>A source of directories and files alone implements <see cref="ReadNames"/>, <see cref="Stat"/>, <see cref="OpenDirectory"/> and <see cref="OpenFile"/>.</remarks>
public interface ISourceDirectory : IDisposable
{
    /// <summary>The names of all entries, sorted as byte strings, without duplicates.</summary>
    /// <exception cref="SourceException">The directory cannot be listed.</exception>
    IReadOnlyList<EntryName> ReadNames();

    /// <summary>What the file system tells of an entry; a symbolic link is not followed. <see cref="NodeMetadata.ForFile"/> and <see cref="NodeMetadata.ForDirectory"/> make it
    /// for a source that is none.</summary>
    /// <exception cref="SourceException">The entry vanished or cannot be looked at.</exception>
    NodeMetadata Stat(EntryName name);

    /// <summary>Whether an entry is backed up at all, by what was seen of it. One that is not is as if it were not there.</summary>
    bool Includes(EntryName name, NodeMetadata metadata) => true;

    /// <summary>Opens a subdirectory; a symbolic link in its place is refused.</summary>
    /// <exception cref="SourceException">The directory vanished or cannot be opened.</exception>
    ISourceDirectory OpenDirectory(EntryName name);

    /// <summary>Opens a regular file for reading; anything else in its place is refused, without ever blocking on it.</summary>
    /// <exception cref="SourceException">The file vanished or cannot be opened.</exception>
    ISourceFile OpenFile(EntryName name);

    /// <summary>Where a symbolic link points to, as raw bytes. A source without links need not implement it.</summary>
    /// <exception cref="SourceException">The link vanished or cannot be read.</exception>
    byte[] ReadLink(EntryName name) => throw new SourceException(name.ToString(), "is no symbolic link");

    /// <summary>The extended attributes of an entry that is not a regular file, sorted by name; of a link itself, not of what it points to.
    /// None unless the source says otherwise.</summary>
    /// <exception cref="SourceException">The entry vanished or its attributes cannot be read.</exception>
    IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => [];
}
