using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>Reads the chunks of files, any number at once.</summary>
/// <param name="readers">Reads blobs; it belongs to whoever made it.</param>
internal sealed class ChunkReader(BlobReaderPool readers)
{
    /// <summary>Room for some dozens of chunks of the usual length.</summary>
    private const long CacheCapacity = 32 << 20;

    private readonly ChunkCache _cache = new(CacheCapacity);

    /// <summary>What opens the pages of lists.</summary>
    public BlobReaderPool Readers => readers;

    /// <summary>Begins to read a chunk on another thread, unless it is at hand.</summary>
    /// <returns>The chunk, which nobody may change. It fails with <see cref="CorruptDataException"/>, <see cref="BlobMissingException"/> or
    /// <see cref="Storage.StoreException"/>.</returns>
    public Task<byte[]> ReadAsync(Extent extent, CancellationToken cancellationToken) => _cache.TryGet(extent.Blob, out byte[] cached)
        ? Task.FromResult(Require(cached, extent))
        : Task.Run(() => Read(extent, cancellationToken), cancellationToken);

    private byte[] Read(Extent extent, CancellationToken cancellationToken)
    {
        byte[] chunk = readers.Use(blobs => blobs.Read(extent.Blob, BlobKind.Data, cancellationToken));
        _cache.Add(extent.Blob, chunk);
        return Require(chunk, extent);
    }

    private static byte[] Require(byte[] chunk, Extent extent) => chunk.Length == extent.Length
        ? chunk
        : throw new CorruptDataException($"blob {extent.Blob}", -1, $"is {chunk.Length} bytes long where {extent.Length} are due");
}
