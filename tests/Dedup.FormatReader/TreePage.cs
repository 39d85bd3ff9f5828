namespace Dedup.FormatReader;

/// <summary>Pages of a directory (section 12).</summary>
public static class TreePage
{
    public static Page<Node> Parse(byte[] plaintext)
    {
        Page<Node> page = PageParser.Parse<Node>(plaintext, NodeParser.Parse, ParseChild);
        CheckOrder([.. page.Entries.Select(node => node.Name)]);
        CheckOrder([.. page.Children.Select(child => child.FirstName)]);
        return page;
    }

    /// <summary>Rejects names that do not ascend as byte strings.</summary>
    public static void CheckOrder(IReadOnlyList<byte[]> names)
    {
        for (int i = 1; i < names.Count; i++)
        {
            if (names[i - 1].AsSpan().SequenceCompareTo(names[i]) >= 0)
            {
                throw new RejectedException("Names are out of order.");
            }
        }
    }

    private static PageChild ParseChild(ref FieldReader reader)
    {
        string id = reader.Id();
        return new PageChild(id, reader.Length64(), NodeParser.ParseName(ref reader));
    }
}
