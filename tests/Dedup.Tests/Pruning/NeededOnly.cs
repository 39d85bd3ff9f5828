using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>Finds out what a repository holds that nothing needs, by walking every tree and reading every footer: in another way than prune does.</summary>
internal static class NeededOnly
{
    /// <summary>What nothing needs, in words.</summary>
    /// <param name="test">The repository.</param>
    /// <param name="store">Where it lies.</param>
    /// <param name="damaged">An object that cannot be read and is passed over; <see langword="null"/> for none.</param>
    public static async Task<IReadOnlyList<string>> FindOthersAsync(TestRepository test, IObjectStore store, string? damaged = null)
    {
        await using Repository repository = await test.OpenAsync(store);
        using RepositoryKeys keys = test.Keys(repository);
        List<string> others = [];
        HashSet<BlobId> needed = await FindNeededAsync(store, keys, test.NewFolder());
        HashSet<PackId> packs = [];
        HashSet<BlobId> held = [];
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Packs, CancellationToken.None))
        {
            if (info.Name.Value == damaged)
            {
                continue;
            }

            Assert.True(PackId.TryParse(info.Name.Leaf, out PackId id));
            packs.Add(id);
            PackDirectory directory = await PackReader.ReadFooterAsync(store, keys, id, info.Length, CancellationToken.None);
            others.AddRange(directory.Entries.Where(entry => !needed.Contains(entry.Id)).Select(entry => $"{info.Name}: blob {entry.Id}"));
            others.AddRange(directory.Entries.Where(entry => !held.Add(entry.Id)).Select(entry => $"{info.Name}: another copy of blob {entry.Id}"));
        }

        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Index, CancellationToken.None))
        {
            if (info.Name.Value != damaged)
            {
                byte[] whole = await StoreReading.ReadAllAsync(store, info.Name, Limits.MaxSegmentLength, CancellationToken.None);
                others.AddRange(IndexSegmentFormat.Open(whole, keys, info.Name.Value).Packs.Where(pack => !packs.Contains(pack.Id)).Select(pack => $"{info.Name}: lists {pack.Id}"));
            }
        }

        StoreContent content = await StoreContent.ReadAsync(store);
        others.AddRange(content.In("sessions").Where(name => content.Names.Contains(name.Replace("sessions/", "snapshots/", StringComparison.Ordinal))));
        others.AddRange(content.In("gc").Where(name => name.EndsWith(".mark", StringComparison.Ordinal)));
        others.AddRange(content.In("gc").Where(name => name.EndsWith(".sweep", StringComparison.Ordinal) && !content.In("gc").Contains(name.Replace(".sweep", ".done", StringComparison.Ordinal))));
        others.AddRange(content.In("forgotten").Select(name => name.Replace("forgotten/", "snapshots/", StringComparison.Ordinal)).Where(content.In("snapshots").Contains));
        return others;
    }

    /// <summary>The blobs that snapshots need.</summary>
    /// <param name="store">Where the repository lies.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="folder">An empty folder for a catalogue.</param>
    public static async Task<HashSet<BlobId>> FindNeededAsync(IObjectStore store, RepositoryKeys keys, string folder)
    {
        HashSet<BlobId> needed = [];
        using CatalogueDatabase catalogue = CatalogueDatabase.Open(folder, keys.Repository.ToArray());
        await new CatalogueSynchronizer(store, keys, catalogue, NullLogger.Instance).SynchroniseAsync(CancellationToken.None);
        using BlobReader blobs = new(store, keys, catalogue);
        TreeReader trees = new(blobs);
        await foreach ((Snapshot? snapshot, _) in new SnapshotReader(store, keys).ReadAllAsync(CancellationToken.None))
        {
            Walk(trees, snapshot!.Tree, needed);
        }

        return needed;
    }

    private static void Walk(TreeReader trees, BlobId tree, HashSet<BlobId> needed)
    {
        foreach (Node node in trees.ReadNodes(tree, CancellationToken.None, page => needed.Add(page)))
        {
            if (node.Metadata.Type == NodeType.Directory)
            {
                Walk(trees, node.Tree, needed);
            }
            else if (node.Metadata.Type == NodeType.File)
            {
                needed.UnionWith(trees.ReadExtents(node, CancellationToken.None, page => needed.Add(page)).Where(extent => !extent.IsHole).Select(extent => extent.Blob));
            }
        }
    }
}
