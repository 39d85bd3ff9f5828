using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>
/// Trees by an enemy who has the keys: restored into a watched folder in which things may be planted, exported, listed, checked, searched. Nothing outside
/// of the target changes, everything ends, and nothing else is thrown than what is documented.
/// </summary>
internal sealed class TreeFuzzer() : WholeRepositoryFuzzer("hostile-tree")
{
    public override int MaxLength => 512;

    public override IEnumerable<byte[]> Seeds =>
    [
        .. Enumerable.Range(0, RepositoryUse.Count).Select(static use => (byte[])[(byte)use, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 3, 0, 7, 2, 3, 0, 0]),
        [0, 3, 0, 3, 2, 0, 0, 1, 2, 0, 0, 0, 0, 7],
        [1, 31, 0, 0, 4, 4, 0, 0, 0, 4, 0, 5, 4, 0, 6, 2, 0],
        [0, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0],
    ];

    protected override byte PlantsOf(ReadOnlySpan<byte> input) => input.Length > 1 ? input[1] : (byte)0;

    protected override async Task<Outcome> UseAsync(byte[] script)
    {
        using RepositoryBuilder builder = new();
        builder.Add(new Snapshot { Id = FuzzKeys.Session, Time = DateTimeOffset.UnixEpoch, Tree = new HostileTree(script.AsSpan(Math.Min(2, script.Length)), builder).Build(), Host = "host", Paths = ["/"] });
        await builder.CompleteAsync();
        await using MemoryStore store = builder.Store;
        await using Repository opened = await RepositoryBuilder.OpenAsync(store, Folder.Cache);
        return await RepositoryUse.RunAsync(script is [byte use, ..] ? use % RepositoryUse.Count : 0, opened, FuzzKeys.Session, Folder.Target);
    }
}
