namespace Dedup.FormatReader;

/// <summary>Reads what all pages have in common (section 11).</summary>
public static class PageParser
{
    public static Page<T> Parse<T>(byte[] plaintext, EntryParser<T> parseEntry, EntryParser<PageChild> parseChild)
    {
        var reader = new FieldReader(plaintext);
        var page = new Page<T>(reader.U8(), [], []);
        Limits.Check(page.Level, Limits.PageLevel, "level of a page");
        reader.Reserved(3);
        uint count = reader.U32();
        Limits.Check(count, Limits.PageEntries, "number of entries in a page");
        for (uint i = 0; i < count; i++)
        {
            if (page.Level == 0)
            {
                page.Entries.Add(parseEntry(ref reader));
            }
            else
            {
                page.Children.Add(parseChild(ref reader));
            }
        }

        reader.End();
        return page;
    }
}
