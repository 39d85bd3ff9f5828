using Dedup.Compression;

namespace Dedup;

/// <summary>How a repository is made; none of it can be changed later.</summary>
public sealed record CreateOptions
{
    /// <summary>How blobs are compressed unless a backup says otherwise.</summary>
    public CompressionOptions Compression { get; init; } = CompressionOptions.Lz4;

    /// <summary>The average length of a chunk in bytes: a power of two from 16 KiB to 16 MiB. Smaller finds more duplicates in files
    /// that are edited, such as images and databases; larger costs less memory and fewer objects.</summary>
    public int AverageChunkLength { get; init; } = 512 << 10;

    /// <summary>
    /// A repository whose files the new one shall cut as that does, so that snapshots copied from there share their chunks with backups made here; then
    /// <see cref="AverageChunkLength"/> does not count. <see langword="null"/> to cut by a key of its own: better where nothing is to be copied, as
    /// then nobody who knows the one repository can tell where the other cuts.
    /// </summary>
    public Repository? CutAs { get; init; }

    /// <summary>What the first key slot is called.</summary>
    public string KeyLabel { get; init; } = "";
}
