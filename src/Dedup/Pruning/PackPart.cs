using Dedup.Format;

namespace Dedup.Pruning;

/// <summary>Some records of a pack. A million of them are held at once: 16 bytes each, and what else is known of them is in the catalogue.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Records">Their ordinals there, in ascending order, and the first eight bytes of the ids of their blobs.</param>
internal sealed record PackPart(PackId Pack, List<(int Ordinal, ulong Prefix)> Records)
{
    /// <summary>Whether an entry of the pack is among them.</summary>
    public bool Contains(in PackEntry entry) => Records.BinarySearch((entry.Ordinal, entry.Id.Bytes.Prefix)) >= 0;
}
