using Dedup.Catalogue;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Trees;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// A backup on one thread, so that a schedule can be repeated: the engine's session, synchronisation, choice of what is reused, formats
/// and packs, without its pipeline. <c>RealProcessTests</c> runs the whole engine.
/// </summary>
internal sealed class SimulatedBackup(World world, Actor actor, IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, IReadOnlyList<byte[]> contents)
{
    private const int MaxAttempts = 4;

    private readonly BlobHasher _hasher = new(keys.BlobId);
    private readonly BlobCompressor _compressor = new(CompressionOptions.None);
    private readonly BufferPool _buffers = new(1 << 12);
    private readonly Dictionary<PackKind, PackWriter> _packs = [];
    private readonly HashSet<BlobId> _own = [];
    private readonly HashSet<BlobId> _needed = [];

    public async Task RunAsync()
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            BackupSession session = await BackupSession.BeginAsync(store, keys, actor.Name, actor.Process, 0, "simulation", CancellationToken.None);
            bool isOver = false;
            try
            {
                BlobId tree = await StoreAsync(session);
                world.Announce(session.Id, _needed);
                bool isCommitted = await session.TryCommitAsync(
                    new Snapshot { Id = session.Id, Time = DateTimeOffset.UnixEpoch, Tree = tree, Host = actor.Name, Paths = ["/"] }, CancellationToken.None);
                isOver = true;
                if (isCommitted)
                {
                    return;
                }
            }
            finally
            {
                if (!isOver)
                {
                    await session.AbandonAsync(0, "it failed", CancellationToken.None);
                }
            }
        }
    }

    private async Task<BlobId> StoreAsync(BackupSession session)
    {
        _own.Clear();
        _needed.Clear();
        _packs.Clear();
        CatalogueSynchronizer synchronizer = new(store, keys, catalogue, NullLogger.Instance);
        ReusablePacks packs = await session.FindReusableAsync(async () => (await synchronizer.SynchroniseAsync(CancellationToken.None)).Packs, [], CancellationToken.None);
        ReusableBlobs reusable = new(catalogue, packs);
        TreeWriter tree = new(keys, (kind, plain) => Write(reusable, kind, plain));
        for (int i = 0; i < contents.Count; i++)
        {
            BlobId blob = Write(reusable, BlobKind.Data, contents[i]);
            tree.Add(new Node
            {
                Name = EntryName.FromText($"f{i}"),
                Metadata = new NodeMetadata { Type = NodeType.File, Size = contents[i].Length },
                Extents = [new Extent(blob, contents[i].Length)],
            });
        }

        BlobId root = tree.Finish().Tree;
        List<PackDirectory> written = [];
        foreach (PackWriter pack in _packs.Values)
        {
            await using (pack)
            {
                written.Add(await pack.PublishAsync(CancellationToken.None));
            }
        }

        if (written.Count > 0)
        {
            byte[] segment = IndexSegmentFormat.Seal(new IndexSegment(written, []), keys);
            Bytes32 id = ContentHash.Of(segment);
            await store.PutIfAbsentAsync(RepositoryObjects.Segment(id), segment, CancellationToken.None);
            catalogue.Apply(new CatalogueChange { SegmentsAdded = [new CatalogueSegment(id, written)] });
        }

        return root;
    }

    private BlobId Write(ReusableBlobs reusable, BlobKind kind, ReadOnlySpan<byte> plain)
    {
        BlobId id = _hasher.Hash(kind, plain);
        _needed.Add(id);
        if (!reusable.Contains(id) && _own.Add(id))
        {
            PackKind packKind = PackLayout.PackOf(kind);
            if (!_packs.TryGetValue(packKind, out PackWriter? pack))
            {
                pack = _packs[packKind] = PackWriter.BeginAsync(store, keys, packKind, _buffers, CancellationToken.None).Wait();
            }

            pack.Add(id, kind, plain, _compressor, CancellationToken.None);
        }

        return id;
    }
}
