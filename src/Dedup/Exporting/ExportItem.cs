using Dedup.Archives;

namespace Dedup.Exporting;

/// <summary>A step of writing an archive: an entry that begins, or a chunk or a hole of the file begun last.</summary>
/// <param name="Entry">The entry; <see langword="null"/> otherwise.</param>
/// <param name="Piece">The chunk; <see langword="null"/> otherwise.</param>
/// <param name="Length">The length of a chunk or hole in bytes.</param>
internal readonly record struct ExportItem(ArchiveEntry? Entry, ContentPiece? Piece, long Length);
