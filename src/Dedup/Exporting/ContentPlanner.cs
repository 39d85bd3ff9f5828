using Dedup.Catalogue;
using Dedup.Format;

namespace Dedup.Exporting;

/// <summary>Arranges the chunks of a batch by where they lie, so that what lies close together is read at once.</summary>
internal static class ContentPlanner
{
    /// <summary>A gap up to this long is read and thrown away: cheaper than another request.</summary>
    private const int MaxGapLength = 128 << 10;

    /// <summary>A range of more bytes than this in the pack, or of content, is cut in two, unless one chunk alone is longer.</summary>
    private const int MaxStoredLength = 4 << 20, MaxPlainLength = 8 << 20;

    /// <summary>Makes the ranges, those that are needed first first.</summary>
    public static IReadOnlyList<ContentRange> Plan(IReadOnlyList<ContentPiece> pieces, CatalogueDatabase catalogue)
    {
        BlobId[] blobs = new BlobId[pieces.Count];
        for (int i = 0; i < blobs.Length; i++)
        {
            blobs[i] = pieces[i].Blob;
        }

        BlobLocation?[] locations = catalogue.FindEach(blobs);
        List<ContentRange> ranges = [];
        List<(ContentPiece Piece, BlobLocation Location)> located = new(blobs.Length);
        for (int i = 0; i < blobs.Length; i++)
        {
            // A chunk of another length is none of ours: looked for by itself, its damage is told.
            if (locations[i] is { } location && location.Entry.PlainLength == pieces[i].Length && location.Entry.Kind == BlobKind.Data)
            {
                located.Add((pieces[i], location));
            }
            else
            {
                ranges.Add(new ContentRange([(pieces[i], null)]));
            }
        }

        located.Sort(static (left, right) => left.Location.Pack.CompareTo(right.Location.Pack) is var order and not 0
            ? order
            : left.Location.Entry.Offset.CompareTo(right.Location.Entry.Offset));
        AddRanges(ranges, located);
        ranges.Sort(static (left, right) => left.FirstUse.CompareTo(right.FirstUse));
        return ranges;
    }

    private static void AddRanges(List<ContentRange> ranges, List<(ContentPiece Piece, BlobLocation Location)> located)
    {
        for (int first = 0; first < located.Count;)
        {
            PackEntry start = located[first].Location.Entry;
            long end = start.Offset + (long)start.StoredLength, plain = start.PlainLength;
            int next = first + 1;
            while (next < located.Count
                && located[next].Location.Pack == located[first].Location.Pack
                && located[next].Location.Entry is var entry
                && entry.Offset >= end
                && entry.Offset <= end + MaxGapLength
                && entry.Offset + (long)entry.StoredLength - start.Offset <= MaxStoredLength
                && plain + entry.PlainLength <= MaxPlainLength)
            {
                end = entry.Offset + (long)entry.StoredLength;
                plain += entry.PlainLength;
                next++;
            }

            ranges.Add(new ContentRange([.. located[first..next].Select(static piece => (piece.Piece, (BlobLocation?)piece.Location))]));
            first = next;
        }
    }
}
