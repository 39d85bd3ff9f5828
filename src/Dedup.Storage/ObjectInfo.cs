namespace Dedup.Storage;

/// <summary>What a store tells about an object without reading it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct ObjectInfo(ObjectName Name, long Length);
