namespace Dedup.Catalogue;

/// <summary>What one page of a directory or list refers to.</summary>
/// <param name="Trees">Tree pages: those below it in the same directory, and the roots of subdirectories.</param>
/// <param name="Lists">List pages.</param>
/// <param name="Data">
/// The first eight bytes of the ids of data blobs. They are only ever asked whether a blob is needed, and two blobs that share them
/// then both count as needed.
/// </param>
internal sealed record PageReferences(IReadOnlyList<BlobId> Trees, IReadOnlyList<BlobId> Lists, IReadOnlyList<ulong> Data);
