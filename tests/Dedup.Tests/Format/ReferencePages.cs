namespace Dedup.Tests.Format;

/// <summary>Cuts a sequence into pages as section 11 says, the plain way: level by level, all in memory.</summary>
internal static class ReferencePages
{
    private const int MostEntries = 4096, MostBytes = 524_288, FewestEntries = 128, HeaderLength = 8;

    /// <summary>Writes all pages.</summary>
    /// <param name="entries">Each entry with whether it is a last one, and what a page above says besides the page's id.</param>
    /// <param name="branch">Makes the entry of a page above from the page's id and the entries in it.</param>
    /// <param name="store">Takes a page, gives its id.</param>
    /// <returns>The id of the page that stands for all.</returns>
    public static byte[] Write<T>(List<(byte[] Bytes, bool IsLast, T About)> entries, Func<byte[], List<T>, (byte[] Bytes, bool IsLast, T About)> branch, Func<byte[], byte[]> store)
    {
        for (int level = 0; ; level++)
        {
            List<(byte[] Bytes, bool IsLast, T About)> above = [];
            foreach (var page in Cut(entries))
            {
                byte[] id = store(new PageParts(level, [.. page.Select(entry => entry.Bytes)]).Build());
                if (page.Count == entries.Count)
                {
                    return id;
                }

                above.Add(branch(id, [.. page.Select(entry => entry.About)]));
            }

            entries = above;
        }
    }

    private static IEnumerable<List<(byte[] Bytes, bool IsLast, T About)>> Cut<T>(List<(byte[] Bytes, bool IsLast, T About)> entries)
    {
        List<(byte[] Bytes, bool IsLast, T About)> page = [];
        int length = HeaderLength;
        foreach (var entry in entries)
        {
            page.Add(entry);
            length += entry.Bytes.Length;
            if (page.Count == MostEntries || length >= MostBytes || (page.Count >= FewestEntries && entry.IsLast))
            {
                yield return page;
                page = [];
                length = HeaderLength;
            }
        }

        if (page.Count > 0 || entries.Count == 0)
        {
            yield return page;
        }
    }
}
