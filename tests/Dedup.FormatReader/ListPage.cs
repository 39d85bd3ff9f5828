namespace Dedup.FormatReader;

/// <summary>Pages of the extents of a large file (section 13).</summary>
public static class ListPage
{
    public static Page<Extent> Parse(byte[] plaintext) => PageParser.Parse<Extent>(plaintext, Extent.Parse, ParseChild);

    private static PageChild ParseChild(ref FieldReader reader) => new(reader.Id(), reader.Length64(), []);
}
