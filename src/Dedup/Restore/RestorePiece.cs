using Dedup.Catalogue;

namespace Dedup.Restore;

/// <summary>A chunk that goes to a place in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where in the file it goes, in bytes.</param>
/// <param name="Location">Where in the repository it lies.</param>
internal readonly record struct RestorePiece(WrittenFile File, long Offset, BlobLocation Location);
