namespace Dedup.FormatReader;

/// <summary>Reads the extended attributes of a node (section 12).</summary>
public static class AttributeParser
{
    public static List<NodeAttribute> Parse(ref FieldReader reader)
    {
        ushort count = reader.U16();
        Limits.Check(count, Limits.Attributes, "number of extended attributes");
        var attributes = new List<NodeAttribute>();
        for (int i = 0; i < count; i++)
        {
            attributes.Add(ParseOne(ref reader));
        }

        TreePage.CheckOrder([.. attributes.Select(attribute => attribute.Name)]);
        return attributes;
    }

    private static NodeAttribute ParseOne(ref FieldReader reader)
    {
        byte[] name = reader.Bytes(reader.U8()).ToArray();
        if (name.Length == 0 || name.Contains((byte)0))
        {
            throw new RejectedException("The name of an extended attribute is empty or holds NUL.");
        }

        uint length = reader.U32();
        Limits.Check(length, Limits.DataBlob, "length of an extended attribute");
        return (reader.U8(), length > Limits.InlineAttribute) switch
        {
            (0, false) => new NodeAttribute(name, length, reader.Bytes((int)length).ToArray(), null),
            (1, true) => new NodeAttribute(name, length, null, reader.Id()),
            _ => throw new RejectedException("An extended attribute is in the wrong one of the two forms."),
        };
    }
}
