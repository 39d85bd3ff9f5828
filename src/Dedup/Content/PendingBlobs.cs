namespace Dedup.Content;

/// <summary>The blobs that this session has stored or is storing and that the catalogue does not know yet.</summary>
internal sealed class PendingBlobs
{
    /// <summary>A power of two: the shard is picked by the low bits of the id.</summary>
    private const int Shards = 16;

    private readonly HashSet<BlobId>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new HashSet<BlobId>())];

    /// <summary>Claims a blob: the one caller that gets <see langword="true"/> stores it.</summary>
    public bool TryClaim(BlobId id)
    {
        HashSet<BlobId> shard = ShardOf(id);
        lock (shard)
        {
            return shard.Add(id);
        }
    }

    public bool Contains(BlobId id)
    {
        HashSet<BlobId> shard = ShardOf(id);
        lock (shard)
        {
            return shard.Contains(id);
        }
    }

    /// <summary>Forgets a blob that the catalogue now knows.</summary>
    public void Remove(BlobId id)
    {
        HashSet<BlobId> shard = ShardOf(id);
        lock (shard)
        {
            shard.Remove(id);
        }
    }

    private HashSet<BlobId> ShardOf(BlobId id) => _shards[(int)((id.Bytes.Prefix >> 32) & (Shards - 1))];
}
