using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>
/// Trees by an enemy who has the keys: restored into a watched folder in which things may be planted, exported, listed, checked, searched. Nothing outside
/// of the target changes, everything ends, and nothing else is thrown than what is documented.
/// </summary>
internal sealed class TreeFuzzer() : Fuzzer("hostile-tree")
{
    private readonly WatchedFolder _folder = new();

    public override int MaxLength => 512;

    public override IEnumerable<byte[]> Seeds =>
    [
        .. Enumerable.Range(0, RepositoryUse.Count).Select(static use => (byte[])[(byte)use, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 3, 0, 7, 2, 3, 0, 0]),
        [0, 3, 0, 3, 2, 0, 0, 1, 2, 0, 0, 0, 0, 7],
        [1, 31, 0, 0, 4, 4, 0, 0, 0, 4, 0, 5, 4, 0, 6, 2, 0],
        [0, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0],
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        int use = script.Below(RepositoryUse.Count);
        byte plants = script.Byte();
        using RepositoryBuilder builder = new();
        builder.Add(new Snapshot { Id = FuzzKeys.Session, Time = DateTimeOffset.UnixEpoch, Tree = new HostileTree(script.Rest, builder).Build(), Host = "host", Paths = ["/"] });
        return RunAsync(builder, use, plants).GetAwaiter().GetResult();
    }

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    private async Task<Outcome> RunAsync(RepositoryBuilder builder, int use, byte plants)
    {
        await builder.CompleteAsync();
        _folder.Reset(plants);
        Directory.CreateDirectory(_folder.Cache);
        string before = _folder.Describe();
        await using MemoryStore store = builder.Store;
        await using Repository opened = await RepositoryBuilder.OpenAsync(store, _folder.Cache);
        Outcome outcome = await RepositoryUse.RunAsync(use, opened, FuzzKeys.Session, _folder.Target);
        string after = _folder.Describe();
        PropertyException.Require(before == after, $"something outside of the target was touched:\n{before}became\n{after}");
        return outcome;
    }
}
