namespace Dedup.FormatReader;

/// <summary>An entry of a page above level 0: a page, and how many nodes or bytes of the file lie below it (sections 12 and 13).</summary>
public sealed record PageChild(string BlobId, ulong Below, byte[] FirstName);
