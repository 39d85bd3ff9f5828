using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A piece that a file is to have.</summary>
/// <typeparam name="T">What the file is wanted for.</typeparam>
/// <param name="File">The file.</param>
/// <param name="Offset">Where in the file, in bytes.</param>
/// <param name="Extent">What.</param>
internal readonly record struct WantedPiece<T>(T File, long Offset, Extent Extent)
    where T : ComparedFile;
