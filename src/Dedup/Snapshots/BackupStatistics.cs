using Dedup.Trees;

namespace Dedup.Snapshots;

/// <summary>What a backup found and stored.</summary>
public sealed record BackupStatistics
{
    /// <summary>Files that the parent snapshot did not have.</summary>
    public long FilesNew { get; init; }

    /// <summary>Files that differ from the parent snapshot.</summary>
    public long FilesChanged { get; init; }

    /// <summary>Files taken over from the parent snapshot without reading their data.</summary>
    public long FilesUnmodified { get; init; }

    /// <summary>Directories that the parent snapshot did not have.</summary>
    public long DirectoriesNew { get; init; }

    /// <summary>Directories that differ from the parent snapshot.</summary>
    public long DirectoriesChanged { get; init; }

    /// <summary>Directories that are as in the parent snapshot.</summary>
    public long DirectoriesUnmodified { get; init; }

    /// <summary>Blobs of file content that were stored.</summary>
    public long DataBlobs { get; init; }

    /// <summary>Blobs of directories and chunk lists that were stored.</summary>
    public long TreeBlobs { get; init; }

    /// <summary>Plaintext bytes of the blobs that were stored.</summary>
    public long DataAdded { get; init; }

    /// <summary>Bytes by which the repository grew: packs and index segments.</summary>
    public long DataAddedPacked { get; init; }

    /// <summary>Bytes of file content that were read from the source.</summary>
    public long BytesRead { get; init; }

    /// <summary>Entries of the source that could not be read, wholly or in part.</summary>
    public long Errors { get; init; }

    /// <summary>Files, links and other entries that are not directories.</summary>
    public long TotalFiles { get; init; }

    /// <summary>The lengths of all files.</summary>
    public long TotalBytes { get; init; }

    /// <summary>What the snapshot holds in all; the directories are those that the backup came by.</summary>
    internal TreeTotals Totals => new(TotalFiles, Amount.Add(Amount.Add(DirectoriesNew, DirectoriesChanged), DirectoriesUnmodified), TotalBytes);
}
