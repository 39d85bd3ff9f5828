using Dedup.Catalogue;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Snapshots of trees that no source would have, made with the engine's own writers as one who has the key could.</summary>
internal static class ForgedSnapshot
{
    /// <summary>Makes a snapshot.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="store">Its store.</param>
    /// <param name="opened">The repository opened, for its id.</param>
    /// <param name="makeTree">Stores the blobs of a tree and returns the root's.</param>
    public static async Task<SnapshotId> CommitAsync(
        TestRepository repository, IObjectStore store, Repository opened, Func<RepositoryKeys, Func<BlobKind, ReadOnlySpan<byte>, BlobId>, BlobId> makeTree)
    {
        using RepositoryKeys keys = repository.Keys(opened);
        BackupSession session = await BackupSession.BeginAsync(store, keys, "host", RunningProcess.Current, 0, "test", CancellationToken.None);
        using CatalogueDatabase catalogue = CatalogueDatabase.Open(repository.NewFolder(), keys.Repository.ToArray());
        ReusablePacks own = await session.FindReusableAsync(() => Task.FromResult<IReadOnlyCollection<PackId>>([]), [], CancellationToken.None);
        await using BlobWriter writer = new(store, store, keys, catalogue, own, CompressionOptions.Lz4, 1 << 20, 1, CancellationToken.None);
        BlobId tree = makeTree(keys, writer.Write);
        await writer.CompleteAsync();
        Assert.True(await session.TryCommitAsync(
            new Snapshot { Id = session.Id, Time = DateTimeOffset.UnixEpoch, Tree = tree, Host = "host", Paths = ["/"] }, CancellationToken.None));
        return session.Id;
    }

    /// <summary>Stores a tree of so many directories, each in the one before.</summary>
    public static BlobId Nest(RepositoryKeys keys, Func<BlobKind, ReadOnlySpan<byte>, BlobId> write, int depth)
    {
        BlobId tree = new TreeWriter(keys, write).Finish().Tree;
        for (int level = 0; level < depth; level++)
        {
            TreeWriter outer = new(keys, write);
            outer.Add(new Node { Name = EntryName.FromText("d"), Metadata = new NodeMetadata { Type = NodeType.Directory, Mode = 0x1C0 }, Tree = tree });
            tree = outer.Finish().Tree;
        }

        return tree;
    }
}
