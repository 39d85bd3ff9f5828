namespace Dedup.Looking;

/// <summary>How the content of snapshots is counted, as restic counts it.</summary>
public enum StatisticsMode
{
    /// <summary>Each file, once for each content that it ever had, wherever it lies: files of equal content count once.</summary>
    FilesByContents,

    /// <summary>Each path once, and each blob once for each path that ever had it.</summary>
    BlobsPerFile,

    /// <summary>Each blob once, directories and chunk lists too, as it is stored.</summary>
    RawData,
}
