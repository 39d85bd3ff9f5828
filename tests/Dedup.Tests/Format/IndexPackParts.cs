namespace Dedup.Tests.Format;

/// <summary>A pack in an index segment.</summary>
internal sealed record IndexPackParts(byte[] Id, ulong Length, long Count, int Kind)
{
    public int Reserved { get; init; }
}
