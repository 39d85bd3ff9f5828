namespace Dedup.Restore;

/// <summary>Arranges pieces by where they lie, so that what lies close together is read at once.</summary>
internal static class RangePlanner
{
    /// <summary>A gap up to this long is read and thrown away: cheaper than another request.</summary>
    private const int MaxGapLength = 128 << 10;

    /// <summary>A range longer than this is cut in two, unless one record alone is longer.</summary>
    public const int MaxRangeLength = 4 << 20;

    /// <summary>Sorts the pieces in place and cuts them into ranges.</summary>
    public static IEnumerable<PackRange> Plan(RestorePiece[] pieces)
    {
        Array.Sort(pieces, static (left, right) =>
            left.Location.Pack.CompareTo(right.Location.Pack) is var order and not 0
                ? order
                : left.Location.Entry.Offset.CompareTo(right.Location.Entry.Offset));
        for (int first = 0; first < pieces.Length;)
        {
            PackId pack = pieces[first].Location.Pack;
            long start = pieces[first].Location.Entry.Offset;
            long end = End(pieces[first]);
            int next = first + 1;
            while (next < pieces.Length
                && pieces[next].Location.Pack == pack
                && pieces[next].Location.Entry.Offset <= end + MaxGapLength
                && Math.Max(end, End(pieces[next])) - start <= MaxRangeLength)
            {
                end = Math.Max(end, End(pieces[next++]));
            }

            yield return new PackRange(pack, start, (int)(end - start), new ArraySegment<RestorePiece>(pieces, first, next - first));
            first = next;
        }
    }

    private static long End(in RestorePiece piece) => (long)piece.Location.Entry.Offset + piece.Location.Entry.StoredLength;
}
