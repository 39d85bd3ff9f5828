namespace Dedup.Looking;

/// <summary>How large the content of some snapshots is.</summary>
/// <param name="Snapshots">How many snapshots were counted.</param>
/// <param name="Files">How many files; 0 where blobs alone are counted.</param>
/// <param name="Blobs">How many blobs; 0 where files alone are counted.</param>
/// <param name="Bytes">The lengths of files or blobs; as they are stored where blobs alone are counted.</param>
/// <param name="UncompressedBytes">The plaintext lengths of the blobs; 0 unless blobs alone are counted.</param>
/// <param name="CompressedBlobsBytes">The plaintext lengths of those blobs that are stored compressed.</param>
/// <param name="CompressedBlobsStored">The stored lengths of these.</param>
public sealed record ContentStatistics(
    long Snapshots, long Files, long Blobs, long Bytes, long UncompressedBytes = 0, long CompressedBlobsBytes = 0, long CompressedBlobsStored = 0);
