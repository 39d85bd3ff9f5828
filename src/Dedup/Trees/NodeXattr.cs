namespace Dedup.Trees;

/// <summary>An extended attribute of a node: its value, or the blob that holds a large one.</summary>
/// <param name="Name">The name with its namespace, as raw bytes.</param>
/// <param name="Length">The length of the value in bytes.</param>
/// <param name="Value">The value; <see langword="null"/> when it lies in a blob.</param>
/// <param name="Blob">The data blob that holds the value; zero when it is given here.</param>
public sealed record NodeXattr(byte[] Name, int Length, byte[]? Value, BlobId Blob);
