using System.Text;
using Dedup.Backup;
using Dedup.Copying;
using Dedup.Pruning;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Copying;

/// <summary>What a copy must carry over beside names and contents, which snapshots are the same, and what happens beside it.</summary>
public sealed class CopyDetailTests : CopyTestBase
{
    [Fact]
    public async Task Holes_links_and_extended_attributes_of_any_size_are_carried_over()
    {
        const int step = 80 << 10, pieces = 9;
        byte[] sparse = new byte[step * pieces];
        List<(int, int)> data = [];
        for (int start = 0; start < sparse.Length; start += step)
        {
            Noise(29).CopyTo(sparse, start);
            data.Add((start, start + 29));
        }

        // More extents than a node holds, and few.
        Files.Root.File("list", sparse[..((step * (pieces - 1)) + 29)], data);
        Files.Root.File("inline", sparse[..(step * 2)], data[..2]);
        Files.Root.Link("link", "list");
        MemoryDirectory below = Files.Root.Directory("below").Directory("deeper");
        below.File("file", Noise(100)).SetXattr("user.large", Noise(3_000));
        below.SetXattr("user.small", [1, 2, 3]);
        SnapshotId id = await BackUpAsync();
        CopiedSnapshot copied = Assert.Single((await CopyAsync()).Snapshots);
        IReadOnlyList<string> shapes = await ShapesAsync(From, Source, id);
        Assert.Contains(shapes, shape => shape.Contains("inline", StringComparison.Ordinal) && shape.Contains("hole", StringComparison.Ordinal));
        Assert.Contains(shapes, shape => shape.Contains("user.large 3000 in a blob", StringComparison.Ordinal));
        Assert.Contains(shapes, shape => shape.Contains("in a list", StringComparison.Ordinal));
        Assert.Equal(shapes, await ShapesAsync(To, Target, copied.Copy));
        await RequireWholeAsync();
    }

    [Theory]
    [InlineData("host")]
    [InlineData("time")]
    [InlineData("paths")]
    [InlineData("size")]
    [InlineData("files")]
    [InlineData("repaired")]
    public async Task A_snapshot_that_differs_in_one_thing_from_one_that_is_there_is_copied(string what)
    {
        BackupOptions options = new() { Host = "web1", Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        MemoryFile file = Files.Root.File("a", Noise(1000));
        await BackUpAsync(options);
        await CopyAsync();
        switch (what)
        {
            case "size":
                file.Write(Noise(1001));
                break;
            case "files":
                file.Write(Noise(500));
                Files.Root.File("b", Noise(500));
                break;
            default:
                break;
        }

        MemorySource files = what == "paths" ? new MemorySource(Files.Root) { Paths = ["/elsewhere"] } : Files;
        SnapshotId second = (await From.BackUpAsync(Source, files, options: what switch
        {
            "host" => options with { Host = "web2" },
            "time" => options with { Time = options.Time!.Value.AddSeconds(1) },
            "repaired" => options with { Tags = ["repaired"] },
            _ => options,
        })).Snapshot.Id;
        await using Repository from = await From.OpenAsync(Source), to = await To.OpenAsync(Target, Cache);
        CopyReport report = await from.CopyToAsync(to, new CopyOptions(), null, CancellationToken.None);
        Assert.Equal(second, Assert.Single(report.Snapshots, copied => !copied.WasThere).Original);
        CopyReport again = await from.CopyToAsync(to, new CopyOptions(), null, CancellationToken.None);
        Assert.All(again.Snapshots, copied => Assert.True(copied.WasThere));
        Assert.Equal(2, again.Snapshots.DistinctBy(copied => copied.Copy).Count());
    }

    [Fact]
    public async Task A_copy_has_no_parent_since_the_other_repository_may_not_have_it()
    {
        Fill("a", 1);
        await BackUpAsync();
        SnapshotId second = await BackUpAsync();
        Assert.NotEqual(default, (await From.SnapshotsAsync(Source)).Single(snapshot => snapshot.Id == second).Parent);
        await CopyAsync(second);
        Assert.Equal(default, Assert.Single(await To.SnapshotsAsync(Target)).Parent);
    }

    [Fact]
    public async Task A_prune_of_the_source_that_moves_what_is_about_to_be_read_is_followed()
    {
        // So many that every pack holds some that stay and some that go.
        MemoryDirectory directory = Files.Root.Directory("d");
        for (int i = 0; i < 24; i++)
        {
            directory.File($"f{i}", Noise(3_000));
        }

        SnapshotId first = await BackUpAsync();
        for (int i = 0; i < 24; i += 2)
        {
            directory.Remove($"f{i}");
        }

        SnapshotId second = await BackUpAsync();
        string[] before = [.. (await StoreContent.ReadAsync(Source)).In("packs")];
        bool isPruned = false;
        HookedStore beside = new(Source, async (operation, name) =>
        {
            if (!isPruned && operation == StoreOperation.Read && name.StartsWith("packs/", StringComparison.Ordinal))
            {
                isPruned = true;
                await using Repository opened = await From.OpenAsync(Source);
                await opened.ForgetAsync(first, "by hand", CancellationToken.None);
                await opened.PruneAsync(new PruneOptions { AllowLargeDeletion = true, IsExclusive = true, MaxUnused = 0 }, null, CancellationToken.None);
            }
        });
        CopyReport report = await CopyFromAsync(beside, [second]);
        Assert.NotEmpty(before.Except((await StoreContent.ReadAsync(Source)).In("packs")));
        Assert.Empty(report.Problems);
        Assert.Equal(second, Assert.Single(report.Snapshots).Original);
        await RequireWholeAsync();
    }

    [Fact]
    public async Task A_copy_that_failed_is_waited_for_by_no_prune()
    {
        Fill("a", 3);
        await BackUpAsync();
        FaultyStore faulty = new(Target);
        faulty.FailMutation(3, new StoreFault(FaultMoment.Before));
        await Assert.ThrowsAsync<StoreException>(() => CopyFromAsync(Source, target: faulty));
        Assert.True(faulty.Mutations > 3, $"{faulty.Mutations} mutations");
        await using Repository opened = await To.OpenAsync(Target);
        PruneReport prune = await opened.PruneAsync(new PruneOptions { WaitForSessions = TimeSpan.Zero, AllowLargeDeletion = true }, null, CancellationToken.None);
        Assert.Empty(prune.SessionsAwaited);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("tables")]
    [InlineData("cut")]
    public async Task A_damaged_memory_of_copies_costs_reading_and_nothing_else(string damage)
    {
        Fill("a", 3);
        await BackUpAsync();
        await CopyAsync();
        string map = Assert.Single(Directory.GetFiles(Cache, "copies-*.db", SearchOption.AllDirectories));
        foreach (string beside in Directory.GetFiles(Path.GetDirectoryName(map)!, Path.GetFileName(map) + "-*"))
        {
            File.Delete(beside);
        }

        byte[] content = File.ReadAllBytes(map);
        Assert.True(content.Length > 8192, $"{content.Length} bytes");
        Span<byte> spoiled = damage switch { "header" => content.AsSpan(0, 100), "tables" => content.AsSpan(4096), _ => [] };
        spoiled.Fill(0xA5);
        File.WriteAllBytes(map, damage == "cut" ? content[..5000] : content);

        Fill("b", 2);
        await BackUpAsync();
        CopyReport report = await CopyAsync();
        Assert.Empty(report.Problems);
        Assert.Single(report.Snapshots, copied => !copied.WasThere);
        await RequireWholeAsync();
    }

    /// <summary>A line for each entry: what kind it is, and where its content and its attributes lie.</summary>
    private static async Task<IReadOnlyList<string>> ShapesAsync(TestRepository test, IObjectStore store, SnapshotId snapshot)
    {
        await using Repository opened = await test.OpenAsync(store);
        List<string> shapes = [];
        await foreach (TreeEntry entry in opened.ListEntriesAsync(snapshot, null, isRecursive: true, CancellationToken.None))
        {
            IEnumerable<string> extents = entry.Node.Extents.Select(extent => $"{(extent.IsHole ? "hole" : "chunk")} {extent.Length}");
            IEnumerable<string> xattrs = entry.Node.Xattrs.Select(
                xattr => $"{Encoding.UTF8.GetString(xattr.Name)} {xattr.Length} {(xattr.Value is null ? "in a blob" : Convert.ToHexString(xattr.Value))}");
            shapes.Add($"{entry.Path} {entry.Node.Metadata.Type} {entry.Node.Metadata.Size} [{string.Join(", ", extents)}]{(entry.Node.List.IsZero ? "" : " in a list")} [{string.Join(", ", xattrs)}]");
        }

        return shapes;
    }
}
