namespace Dedup.FormatReader;

/// <summary>A stretch of a file: the id of a data blob, or null for a hole, and the length in bytes (section 12).</summary>
public sealed record Extent(string? BlobId, ulong Length)
{
    /// <summary>The id of nothing.</summary>
    public static readonly string ZeroId = new('0', 64);

    public static Extent Parse(ref FieldReader reader)
    {
        string id = reader.Id();
        var extent = new Extent(id == ZeroId ? null : id, reader.Length64());
        if (extent.Length == 0)
        {
            throw new RejectedException("An extent is empty.");
        }

        if (extent.BlobId is not null)
        {
            Limits.Check(extent.Length, Limits.DataBlob, "length of an extent");
        }

        return extent;
    }
}
