namespace Dedup.Restore;

/// <summary>A range of a pack that is fetched in one read, with the pieces that lie in it, in order of their offsets.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Offset">Where the range begins, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Pieces">The pieces; those of one blob follow each other.</param>
internal sealed record PackRange(PackId Pack, long Offset, int Length, ArraySegment<RestorePiece> Pieces);
