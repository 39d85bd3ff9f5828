using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Content;

/// <content>Reading from the middle of a file.</content>
internal sealed partial class TreeReader
{
    /// <summary>
    /// The extents of a file from the one on that holds a byte, each with the place in the file where it begins. Of a list only those pages are
    /// read that lead there or come after.
    /// </summary>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged or contradicts the page above, or the file's size.</exception>
    public IEnumerable<(long Start, Extent Extent)> ReadExtentsFrom(Node file, long offset, CancellationToken cancellationToken)
    {
        if (file.List.IsZero)
        {
            RequireLength(file.Extents.Select(static extent => extent.Length), file.Metadata.Size, $"the file '{file.Name}'");
            foreach ((long Start, Extent Extent) placed in Place(file.Extents, 0, offset))
            {
                yield return placed;
            }

            yield break;
        }

        Stack<(BlobId Page, int Level, long Start, long Bytes)> pages = new();
        pages.Push((file.List, AnyLevel, 0, file.Metadata.Size));
        while (pages.TryPop(out (BlobId Page, int Level, long Start, long Bytes) next))
        {
            if (next.Start + next.Bytes <= offset)
            {
                continue;
            }

            (int level, Extent[] extents, ListBranch[] branches) = ReadListPage(next.Page, next.Level, cancellationToken);

            // Otherwise pages that are skipped would move what follows.
            RequireLength(
                extents.Select(static extent => extent.Length).Concat(branches.Select(static branch => branch.Bytes)), next.Bytes, Describe(next.Page));
            long end = next.Start + next.Bytes;
            for (int i = branches.Length - 1; i >= 0; i--)
            {
                end -= branches[i].Bytes;
                pages.Push((branches[i].Page, level - 1, end, branches[i].Bytes));
            }

            foreach ((long Start, Extent Extent) placed in Place(extents, next.Start, offset))
            {
                yield return placed;
            }
        }
    }

    private static IEnumerable<(long Start, Extent Extent)> Place(IEnumerable<Extent> extents, long start, long offset)
    {
        foreach (Extent extent in extents)
        {
            if (start + extent.Length > offset)
            {
                yield return (start, extent);
            }

            start += extent.Length;
        }
    }

    private static void RequireLength(IEnumerable<long> lengths, long expected, string what)
    {
        long left = expected;
        foreach (long length in lengths)
        {
            left = length <= left ? left - length : throw new CorruptDataException(what, -1, $"its extents are longer than the {expected} bytes due");
        }

        if (left != 0)
        {
            throw new CorruptDataException(what, -1, $"its extents are shorter than the {expected} bytes due");
        }
    }
}
