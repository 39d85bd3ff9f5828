namespace Dedup.FormatReader;

/// <summary>A pack as an index segment lists it: id as hex, length of the object in bytes, kind, and its blobs.</summary>
public sealed record IndexedPack(string Id, ulong Length, uint Count, byte Kind, List<BlobEntry> Entries);
