namespace Dedup.Sources;

/// <summary>Where the data of a backup comes from: a tree of directories that can be walked and read.</summary>
public interface IBackupSource
{
    /// <summary>What is backed up, as the snapshot shows it: absolute paths for a file system.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>Opens the directory under which everything lies: the one whose tree becomes the snapshot's root.</summary>
    /// <exception cref="SourceException">A path that was asked for is not there or cannot be read.</exception>
    ISourceDirectory OpenRoot();
}
