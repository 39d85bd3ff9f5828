using Dedup.Looking;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Looking;

public sealed class CompareTests : IAsyncLifetime
{
    private LookingScene _scene = null!;

    public async Task InitializeAsync() => _scene = await LookingScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Every_kind_of_difference_is_told_once_and_counted()
    {
        MemoryDirectory home = _scene.Source.Root.Directory("home");
        MemoryFile changed = home.File("changed", "one");
        MemoryFile touched = home.File("touched", "same");
        home.File("turned", "file");
        home.Directory("gone").File("inside", "lost");
        home.File("same", "same in both");
        home.Link("link", "same");
        Snapshot first = await _scene.BackUpAsync();
        changed.Write("three"u8.ToArray());
        touched.SetXattr("user.x", [1]);
        home.Remove("turned");
        home.Directory("turned").File("below", "new below");
        home.Remove("gone");
        home.Directory("new");
        home.Link("link", "other");
        Snapshot second = await _scene.BackUpAsync();

        (IReadOnlyList<string> changes, SnapshotDifference sum) = await CompareAsync(new(first.Id), new(second.Id), withMetadata: true);
        Assert.Equal(
            [
                "ContentChanged, MetadataChanged /home/changed", "Removed /home/gone/", "Removed /home/gone/inside", "ContentChanged /home/link", "Added /home/new/",
                "MetadataChanged /home/touched", "TypeChanged, MetadataChanged /home/turned/", "Added /home/turned/below",
            ],
            changes);
        Assert.Equal((1, 1, 1, 0), (sum.ChangedFiles, sum.Added.Files, sum.Added.Directories, sum.Added.Others));
        Assert.Equal((1, 1, 0), (sum.Removed.Files, sum.Removed.Directories, sum.Removed.Others));
        Assert.Equal((2, 3), (sum.Added.DataBlobs, sum.Removed.DataBlobs));

        (changes, _) = await CompareAsync(new(first.Id), new(second.Id), withMetadata: false);
        Assert.Equal(
            [
                "ContentChanged /home/changed", "Removed /home/gone/", "Removed /home/gone/inside", "ContentChanged /home/link", "Added /home/new/", "TypeChanged /home/turned/",
                "Added /home/turned/below",
            ],
            changes);
        (changes, sum) = await CompareAsync(new(second.Id, "/home/turned"), new(second.Id, "/home/new"), withMetadata: false);
        Assert.Equal(["Removed /below"], changes);
        Assert.Equal(0, sum.Added.Bytes - sum.Added.Bytes);
        (changes, _) = await CompareAsync(new(first.Id, "home/changed"), new(second.Id, "home/changed"), withMetadata: false);
        Assert.Equal(["ContentChanged /changed"], changes);
        (changes, sum) = await CompareAsync(new(second.Id), new(second.Id), withMetadata: true);
        Assert.Empty(changes);
        Assert.Equal(new SnapshotDifference(0, new(0, 0, 0, 0, 0, 0), new(0, 0, 0, 0, 0, 0)), sum);
    }

    [Fact]
    public async Task Content_that_differs_while_all_metadata_is_the_same_is_suspicious()
    {
        MemoryFile file = _scene.Source.Root.File("disk", "good");
        Snapshot first = await _scene.BackUpAsync();
        file.Write("baad"u8.ToArray());
        file.TimeNs -= 1_000_000_000;

        // Of another host, so that no parent says that it is unchanged.
        Snapshot second = await _scene.BackUpAsync("web2");
        Assert.Equal(["ContentChanged, Suspicious /disk"], (await CompareAsync(new(first.Id), new(second.Id), withMetadata: true)).Changes);
    }

    [Fact]
    public async Task Differences_are_those_of_two_listings_and_take_reads_by_what_differs()
    {
        const int Seed = 20261123;
        Random random = new(Seed);
        _scene.Fill();
        Snapshot first = await _scene.BackUpAsync();
        for (int i = 0; i < 10; i++)
        {
            _scene.Edit(random);
        }

        Snapshot second = await _scene.BackUpAsync();
        var all = await _scene.ListAllAsync();
        Dictionary<string, Node> before = Of(first), after = Of(second);
        string[] expected =
        [
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(path =>
                !before.TryGetValue(path, out Node? left) ? $"Added {path}"
                : !after.TryGetValue(path, out Node? right) ? $"Removed {path}"
                : left.Metadata.Type == NodeType.File && !left.Extents.SequenceEqual(right.Extents) ? $"ContentChanged {path}"
                : "").Where(line => line.Length > 0),
        ];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await CompareAsync(new(first.Id), new(second.Id), withMetadata: false)).Changes);

        _scene.Edit(random);
        Snapshot third = await _scene.BackUpAsync();
        StoreTraffic traffic = _scene.Store.Traffic;
        await CompareAsync(new(second.Id), new(third.Id), withMetadata: false);
        long tree = _scene.Store.Traffic.Since(traffic).Count(StoreRequestKind.Read, "packs");

        // What is new in the third is on both sides; of what is the same only the way there and the keys of packs.
        Assert.InRange(tree, 1, (third.Statistics.TreeBlobs * 2) + 8);

        Dictionary<string, Node> Of(Snapshot snapshot) => all.Where(found => found.Snapshot == snapshot.Id).ToDictionary(found => found.Entry.Path, found => found.Entry.Node);
    }

    [Fact]
    public async Task A_directory_is_compared_with_a_directory_only()
    {
        _scene.Source.Root.Directory("d").File("f", "x");
        Snapshot snapshot = await _scene.BackUpAsync();
        await Assert.ThrowsAsync<PathNotFoundException>(() => CompareAsync(new(snapshot.Id, "/d"), new(snapshot.Id, "/d/f"), withMetadata: false));
        await Assert.ThrowsAsync<PathNotFoundException>(() => CompareAsync(new(snapshot.Id, "/e"), new(snapshot.Id), withMetadata: false));
    }

    private async Task<(IReadOnlyList<string> Changes, SnapshotDifference Sum)> CompareAsync(SnapshotPlace source, SnapshotPlace target, bool withMetadata)
    {
        List<string> changes = [];
        SnapshotDifference sum = await _scene.UseAsync(repository =>
            repository.CompareAsync(source, target, withMetadata, change => changes.Add($"{change.Kinds} {change.Path}"), CancellationToken.None));
        return (changes, sum);
    }
}
