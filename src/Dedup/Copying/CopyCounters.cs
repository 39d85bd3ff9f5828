namespace Dedup.Copying;

/// <summary>How much a copy has done so far. One thread.</summary>
internal sealed class CopyCounters
{
    public long Files { get; set; }

    public long BytesRead { get; set; }

    public long BlobsStored { get; set; }

    public long BytesStored { get; set; }
}
