using Dedup.Chunking;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>A repository of whatever blobs and snapshots, as one who has the keys could make it. The same calls make the same bytes.</summary>
internal sealed class RepositoryBuilder : IDisposable
{
    private const int Seed = 20261122;

    private readonly BlobHasher _hasher = new(FuzzKeys.Keys.BlobId);
    private readonly BlobCompressor _compressor = new(CompressionOptions.Lz4);
    private readonly Dictionary<BlobId, (BlobKind Kind, byte[] Plain)> _blobs = [];

    public MemoryStore Store { get; } = new();

    /// <summary>Adds a blob.</summary>
    /// <returns>Its id.</returns>
    public BlobId Add(BlobKind kind, ReadOnlySpan<byte> plain)
    {
        BlobId id = _hasher.Hash(kind, plain);
        _blobs.TryAdd(id, (kind, plain.ToArray()));
        return id;
    }

    /// <summary>Adds a snapshot.</summary>
    public void Add(Snapshot snapshot)
    {
        byte[] plain = SnapshotFormat.Unseal(SnapshotFormat.Seal(snapshot, FuzzKeys.Keys), snapshot.Id, FuzzKeys.Keys, "snapshot");
        Store.TryAdd(RepositoryObjects.Snapshot(snapshot.Id), new Envelope(SealedObject.SnapshotMagic, FuzzKeys.Keys.Snapshot, snapshot.Id.ToArray()).Seal(plain));
    }

    /// <summary>Writes packs, their index segment, and the config.</summary>
    public async Task CompleteAsync()
    {
        // The store is memory: everything happens on this thread.
        Randomness.ReplayOnThisThread(new Random(Seed));
        try
        {
            List<PackDirectory> packs = [];
            foreach (PackKind kind in (PackKind[])[PackKind.Data, PackKind.Tree])
            {
                packs.Add(await WritePackAsync(kind));
            }

            byte[] segment = IndexSegmentFormat.Seal(new IndexSegment(packs, []), FuzzKeys.Keys);
            Store.TryAdd(RepositoryObjects.Segment(ContentHash.Of(segment)), segment);
        }
        finally
        {
            Randomness.ReplayOnThisThread(null);
        }

        RepositoryConfig config = new()
        {
            Repository = FuzzKeys.Repository,
            CreatedNs = 1_700_000_000_000_000_000,
            Chunks = ChunkerParameters.FromAverage(16 << 10),
            Compression = CompressionOptions.Lz4,
        };
        Store.TryAdd(RepositoryObjects.Config, ConfigFormat.Write(config, FuzzKeys.Keys.Config));
    }

    /// <summary>Opens a repository of these keys.</summary>
    /// <param name="store">The store it lies in.</param>
    /// <param name="cache">The folder of its catalogue.</param>
    public static Task<Repository> OpenAsync(IObjectStore store, string cache) => Repository.OpenAsync(
        store, MasterKey.FromBytes(FuzzKeys.MasterBytes), new RepositoryOptions { CacheDirectory = cache, MaxConcurrency = 1 }, CancellationToken.None);

    public void Dispose()
    {
        _hasher.Dispose();
        _compressor.Dispose();
    }

    private async Task<PackDirectory> WritePackAsync(PackKind kind)
    {
        await using PackWriter writer = await PackWriter.BeginAsync(Store, FuzzKeys.Keys, kind, new BufferPool(1 << 16), CancellationToken.None);
        foreach ((BlobId id, (BlobKind blob, byte[] plain)) in _blobs.OrderBy(static pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            if (PackLayout.PackOf(blob) == kind)
            {
                writer.Add(id, blob, plain, _compressor, CancellationToken.None);
            }
        }

        return await writer.PublishAsync(CancellationToken.None);
    }
}
