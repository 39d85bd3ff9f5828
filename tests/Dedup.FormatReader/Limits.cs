namespace Dedup.FormatReader;

/// <summary>The bounds of section 2. Lengths are in bytes.</summary>
public static class Limits
{
    public const int DataBlob = 64 << 20;
    public const int PageBlob = 16 << 20;
    public const int SmallestChunk = 8 << 10;
    public const int LargestChunk = 64 << 20;
    public const int Pack = 1 << 30;
    public const int BlobsInPack = 1 << 20;
    public const int IndexSegment = 256 << 20;
    public const int CommitSlot = 16 << 20;
    public const int Session = 64 << 10;
    public const int GcRecord = 64 << 20;
    public const int PacksInGcRecord = 2_097_152;
    public const int Forgotten = 32 << 20;
    public const int Evidence = 1 << 20;
    public const int EvidenceFields = 4096;
    public const int EvidenceFieldName = 64;
    public const int EvidenceFieldText = 65_536;
    public const int Config = 64 << 10;
    public const int KeySlot = 4 << 10;
    public const int Features = 64;
    public const int Text = 4096;
    public const int Name = 1024;
    public const int LinkTarget = 65_536;
    public const int Attributes = 4096;
    public const int InlineAttribute = 512;
    public const int InlineExtents = 16;
    public const int PageEntries = 4096;
    public const int PageLevel = 8;
    public const int Paths = 4096;
    public const int Tags = 1024;
    public const int Statistics = 64;
    public const int Signature = 4096;
    public const int Nesting = 65_536;

    /// <summary>Rejects what is beyond its bound.</summary>
    public static void Check(ulong value, ulong bound, string what)
    {
        if (value > bound)
        {
            throw new RejectedException($"{what}: {value} is more than {bound}.");
        }
    }
}
