namespace Dedup.Copying;

/// <summary>What a copy did.</summary>
/// <param name="Snapshots">The snapshots that are in the target now, oldest first.</param>
/// <param name="Problems">Those that could not be copied.</param>
/// <param name="BlobsStored">Blobs that the target did not have.</param>
/// <param name="BytesRead">Plaintext bytes read from the source.</param>
/// <param name="BytesStored">Bytes of packs and index segments written to the target.</param>
public sealed record CopyReport(
    IReadOnlyList<CopiedSnapshot> Snapshots, IReadOnlyList<CopyProblem> Problems, long BlobsStored, long BytesRead, long BytesStored);
