namespace Dedup.Looking;

/// <summary>What only one of two snapshots has.</summary>
/// <param name="Files">Files.</param>
/// <param name="Directories">Directories.</param>
/// <param name="Others">Links, devices and all other entries.</param>
/// <param name="DataBlobs">Blobs of content that nothing of what differs in the other snapshot has.</param>
/// <param name="TreeBlobs">Blobs of directories and chunk lists likewise.</param>
/// <param name="Bytes">The plaintext lengths of these blobs.</param>
public sealed record DifferenceTotals(long Files, long Directories, long Others, long DataBlobs, long TreeBlobs, long Bytes);
