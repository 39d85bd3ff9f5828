using Dedup.Pruning;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Pruning;

/// <summary>Whatever is read, and whenever a prune moves it to other packs meanwhile: no reader notices.</summary>
public sealed class ReadersBesidePruneTests(ITestOutputHelper output)
{
    /// <summary>Enough that in a few packs, chosen at random, some remain needed beside some that do not.</summary>
    private const int Files = 24;

    [Theory]
    [InlineData("restore")]
    [InlineData("dump")]
    [InlineData("list")]
    public async Task A_reader_whose_packs_are_moved_before_any_of_its_reads_never_fails(string what)
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId gone = await scene.BackUpAsync([.. Enumerable.Range(0, Files).Select(i => ($"f{i}", 2_000))]);
        MemoryDirectory below = scene.Source.Root.Directory("below");
        below.File("inner", [.. Enumerable.Range(0, 40_000).Select(i => unchecked((byte)(i * i)))]);
        SnapshotId second = await scene.BackUpAsync(("g", 9_000));
        for (int i = 0; i < Files; i += 2)
        {
            scene.Source.Root.Remove($"f{i}");
        }

        // The page of "below" stays needed beside a page of the root that does not: packs of trees are moved too.
        scene.Source.Root.Directory("empty");
        SnapshotId kept = await scene.BackUpAsync();
        await scene.ForgetAsync(gone, second);
        StoreContent before = await StoreContent.ReadAsync(scene.Store);
        SortedDictionary<string, byte[]> expected = RestoredTree.Of(scene.Source);
        foreach (bool isWarm in (bool[])[false, true])
        {
            int read = 1;
            while (await ReadAsync(scene, before, what, kept, expected, read, isWarm))
            {
                read++;
            }

            output.WriteLine($"{what}, {(isWarm ? "with" : "without")} a catalogue: a prune before each of {read - 1} requests");
            Assert.True(read > 3);
        }
    }

    /// <returns>Whether there were so many requests.</returns>
    private static async Task<bool> ReadAsync(
        PruneScene scene, StoreContent before, string what, SnapshotId snapshot, SortedDictionary<string, byte[]> expected, int read, bool isWarm)
    {
        MemoryStore inner = before.ToStore();
        bool isOpened = false;
        int reads = 0;
        HookedStore store = new(inner, async (_, _) =>
        {
            if (isOpened && Interlocked.Increment(ref reads) == read)
            {
                await using Repository pruner = await scene.Test.OpenAsync(inner);
                PruneReport report = await pruner.PruneAsync(PruneScene.Thorough, null, CancellationToken.None);
                Assert.True(report is { PacksDeleted: > 0, PacksWritten: > 0 }, $"{report}");
            }
        });
        string cache = scene.Test.NewFolder();
        if (isWarm)
        {
            await using Repository warm = await scene.Test.OpenAsync(before.ToStore(), cache);
            _ = await warm.ReadStatisticsAsync(new SnapshotFilter(), CancellationToken.None);
        }

        await using Repository reader = await scene.Test.OpenAsync(store, cache);
        isOpened = true;
        switch (what)
        {
            case "restore":
                await scene.RequireRestoresAsync(reader, snapshot, expected);
                break;
            case "dump":
                using (MemoryStream content = new())
                {
                    await reader.DumpAsync(snapshot, "below/inner", content, CancellationToken.None);
                    Assert.Equal(expected["below/inner"], content.ToArray());
                }

                break;
            default:
                List<TreeEntry> entries = await reader.ListEntriesAsync(snapshot, null, true, CancellationToken.None).ToListAsync();
                Assert.Equal(expected.Count, entries.Count);
                break;
        }

        return reads >= read;
    }
}
