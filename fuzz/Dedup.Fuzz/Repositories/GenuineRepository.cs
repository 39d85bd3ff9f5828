using Dedup.Content;
using Dedup.Format;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>A small repository with an object of every kind, always the same.</summary>
internal static class GenuineRepository
{
    private static readonly NodeMetadata File = new() { Type = NodeType.File, Mode = 0x1A4, ModifiedNs = 1_700_000_000_000_000_000 };

    private static readonly SnapshotId Gone = new(FuzzKeys.Counting(0xE0, SnapshotId.Length));

    /// <summary>What its snapshot restores to, by path.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files { get; } = new Dictionary<string, byte[]>
    {
        ["empty"] = [],
        ["text"] = [.. Enumerable.Range(0, 2000).Select(static i => (byte)"compressible "[i % 13])],
        ["below/noise"] = [.. Enumerable.Range(0, 300).Select(static i => (byte)(((i * i) + (i * 7)) >> 1 & 0xFF))],
        ["below/list"] = [.. Enumerable.Range(0, 20 * 16).Select(static i => (byte)(i / 16))],
    };

    /// <summary>Its objects, by name.</summary>
    public static SortedDictionary<string, byte[]> Objects { get; } = MakeAsync().GetAwaiter().GetResult();

    private static async Task<SortedDictionary<string, byte[]>> MakeAsync()
    {
        using RepositoryBuilder builder = new();
        builder.Add(new Snapshot { Id = FuzzKeys.Session, Time = DateTimeOffset.UnixEpoch, Tree = Root(builder), Host = "host", Paths = ["/"], Statistics = new BackupStatistics { TotalBytes = 2620, TotalFiles = 4 } });
        await builder.CompleteAsync();
        AddRecords(builder.Store);
        SortedDictionary<string, byte[]> objects = new(StringComparer.Ordinal);
        foreach (string folder in (string[])["", "packs", "index", "snapshots", "sessions", "forgotten", "gc", "swept", "keys"])
        {
            await foreach (ObjectInfo info in builder.Store.ListAsync(folder, CancellationToken.None))
            {
                byte[] content = new byte[info.Length];
                await builder.Store.ReadAsync(info.Name, 0, content, CancellationToken.None);
                objects.Add(info.Name.Value, content);
            }
        }

        return objects;
    }

    private static BlobId Root(RepositoryBuilder builder)
    {
        TreeWriter below = new(FuzzKeys.Keys, builder.Add), root = new(FuzzKeys.Keys, builder.Add);
        ListWriter list = new(builder.Add);
        foreach (byte[] piece in Files["below/list"].Chunk(16))
        {
            list.Add(Chunk(builder, piece));
        }

        below.Add(new Node { Name = EntryName.FromText("list"), Metadata = File with { Size = 320 }, List = list.Finish().List });
        below.Add(new Node { Name = EntryName.FromText("noise"), Metadata = File with { Size = 300 }, Extents = [Chunk(builder, Files["below/noise"])] });
        (BlobId tree, TreeTotals totals) = below.Finish();
        root.Add(new Node { Name = EntryName.FromText("below"), Metadata = new NodeMetadata { Type = NodeType.Directory, Mode = 0x1ED }, Tree = tree, Totals = totals });
        root.Add(new Node { Name = EntryName.FromText("empty"), Metadata = File });
        root.Add(new Node { Name = EntryName.FromText("text"), Metadata = File with { Size = 2000 }, Extents = [Chunk(builder, Files["text"])] });
        return root.Finish().Tree;
    }

    private static Extent Chunk(RepositoryBuilder builder, byte[] content) => new(builder.Add(BlobKind.Data, content), content.Length);

    private static void AddRecords(MemoryStore store)
    {
        byte[] slot = KeySlotFormat.Write(FuzzSlot.WithLabel("laptop"u8));
        store.TryAdd(RepositoryObjects.Key(ContentHash.Of(slot)), slot);
        PackId condemned = new(FuzzKeys.Counting(0x31, PackId.Length));
        byte[] sweep = GcRecordFormat.Seal(new GcRecord(1, GcStep.Sweep, [condemned], 0, "host", "test"), FuzzKeys.Keys);
        store.TryAdd(RepositoryObjects.GcRecord(1, GcStep.Sweep), sweep);
        store.TryAdd(RepositoryObjects.SweptRecord(1, ContentHash.Of(sweep)), sweep);
        store.TryAdd(RepositoryObjects.GcRecord(1, GcStep.Retirement), GcRecordFormat.Seal(new GcRecord(1, GcStep.Retirement, [], 0, "host", "test"), FuzzKeys.Keys));
        store.TryAdd(RepositoryObjects.GcRecord(2, GcStep.Mark), GcRecordFormat.Seal(new GcRecord(2, GcStep.Mark, [condemned], 0, "host", "test"), FuzzKeys.Keys));
        store.TryAdd(RepositoryObjects.Session(Gone), SessionFormat.Seal(new Session(Gone, "host", new ProcessIdentity("", 1, 0), 0, "test"), FuzzKeys.Keys));
        store.TryAdd(RepositoryObjects.ForgottenRecord(Gone), ForgottenFormat.Seal(
            new ForgottenSnapshot { Id = Gone, Time = DateTimeOffset.UnixEpoch, ForgottenAt = DateTimeOffset.UnixEpoch, Host = "", Paths = [], ByHost = "", ByUser = "", Rule = "" }, FuzzKeys.Keys));
    }
}
