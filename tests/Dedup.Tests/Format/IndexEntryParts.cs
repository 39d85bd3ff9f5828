namespace Dedup.Tests.Format;

/// <summary>An entry of an index segment.</summary>
internal sealed record IndexEntryParts(byte[] Id, long Place, long Ordinal, long Offset, long StoredLength, long PlainLength, int Kind, int Codec)
{
    public int Reserved { get; init; }
}
