namespace Dedup.Packing;

/// <summary>When a pack is full: large enough to be cheap to store and list, small enough to rewrite.</summary>
internal static class PackTargets
{
    /// <summary>
    /// A pack of very small blobs is full before its length says so: its directory and its blobs' ids stay in memory until an index
    /// segment lists them, which for a million files of a few bytes would be all of them, at the very end.
    /// </summary>
    public const int MaxBlobs = 1 << 14;

    private const long DataLength = 32 << 20, TreeLength = 8 << 20;

    /// <summary>The length in bytes from which a pack is full.</summary>
    public static long Length(PackKind kind) => kind == PackKind.Data ? DataLength : TreeLength;
}
