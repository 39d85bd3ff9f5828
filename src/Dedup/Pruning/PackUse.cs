namespace Dedup.Pruning;

/// <summary>What of a pack snapshots need.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Kind">Which blobs it holds.</param>
/// <param name="Length">The length of the whole object in bytes.</param>
/// <param name="Blobs">How many blobs it holds.</param>
/// <param name="RecordBytes">The bytes of all its records.</param>
/// <param name="UsedBlobs">How many of its blobs are needed and counted for no other pack.</param>
/// <param name="UsedBytes">The bytes of their records.</param>
/// <param name="IsDamaged">Whether it was found damaged: nothing is copied out of it.</param>
internal sealed record PackUse(PackId Id, PackKind Kind, long Length, int Blobs, long RecordBytes, int UsedBlobs, long UsedBytes, bool IsDamaged)
{
    /// <summary>The bytes of records that are not needed, or lie in another pack as well.</summary>
    public long UnusedBytes => RecordBytes - UsedBytes;
}
