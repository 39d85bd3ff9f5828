namespace Dedup.FormatReader;

/// <summary>An extended attribute: its value, or the id of the data blob that holds it.</summary>
public sealed record NodeAttribute(byte[] Name, uint Length, byte[]? Value, string? BlobId);
