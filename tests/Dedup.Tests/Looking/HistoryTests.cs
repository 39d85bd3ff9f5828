using Dedup.Looking;
using Dedup.Snapshots;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Looking;

public sealed class HistoryTests : IAsyncLifetime
{
    private LookingScene _scene = null!;

    public async Task InitializeAsync() => _scene = await LookingScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_file_is_followed_from_its_first_snapshot_to_the_one_that_lacks_it()
    {
        MemoryDirectory home = _scene.Source.Root.Directory("home");
        List<Snapshot> snapshots = [await _scene.BackUpAsync()];
        MemoryFile file = home.File("a", "one");
        snapshots.Add(await _scene.BackUpAsync());
        snapshots.Add(await _scene.BackUpAsync());
        file.Write("two!"u8.ToArray());
        snapshots.Add(await _scene.BackUpAsync());
        file.SetXattr("user.b", [1]);
        snapshots.Add(await _scene.BackUpAsync());
        home.Remove("a");
        snapshots.Add(await _scene.BackUpAsync());
        snapshots.Add(await _scene.BackUpAsync());
        home.File("a", "two!");
        snapshots.Add(await _scene.BackUpAsync());

        Assert.Equal(
            [
                (FileVersionKind.Added, 3, snapshots[1].Id, snapshots[2].Id, 2),
                (FileVersionKind.ContentChanged, 4, snapshots[3].Id, snapshots[3].Id, 1),
                (FileVersionKind.MetadataChanged, 4, snapshots[4].Id, snapshots[4].Id, 1),
                (FileVersionKind.Removed, -1, snapshots[5].Id, snapshots[6].Id, 2),
                (FileVersionKind.Added, 4, snapshots[7].Id, snapshots[7].Id, 1),
            ],
            await ReadAsync("/home/a"));
        Assert.Equal(6, (await ReadAsync("home")).Count);
        Assert.Empty(await ReadAsync("/home/b"));
        Assert.Empty(await ReadAsync("/a"));
        Assert.Empty(await ReadAsync("/home/a/b"));
    }

    [Fact]
    public async Task A_snapshot_of_another_host_says_nothing_of_a_deletion()
    {
        _scene.Source.Root.File("a", "one");
        Snapshot first = await _scene.BackUpAsync("web1");
        _scene.Source.Root.Remove("a");
        await _scene.BackUpAsync("web2");
        _scene.Source.Root.File("a", "one");
        await _scene.BackUpAsync("web1");
        (FileVersionKind kind, _, SnapshotId since, _, int count) = (await ReadAsync("a"))[0];
        Assert.Equal((FileVersionKind.Added, first.Id), (kind, since));
        Assert.Equal(2, (await ReadAsync("a")).Sum(version => version.Count));
        Assert.InRange(count, 1, 2);
    }

    [Fact]
    public async Task A_file_in_a_directory_of_many_pages_is_followed_through_all_snapshots()
    {
        const int Seed = 7, Snapshots = 15;
        Random random = new(Seed);
        _scene.Fill();
        for (int i = 0; i < Snapshots; i++)
        {
            await _scene.BackUpAsync();
            _scene.Edit(random);
        }

        var all = await _scene.ListAllAsync();
        foreach (string path in all.Select(found => found.Entry.Path).Distinct().Where(path => path.StartsWith("/many/", StringComparison.Ordinal)).OrderBy(_ => random.Next()).Take(40))
        {
            // Every snapshot that has it counts once, and with it those between that lack it.
            int present = all.Count(found => found.Entry.Path == path);
            Assert.Equal(present, (await ReadAsync(path)).Where(version => version.Kind != FileVersionKind.Removed).Sum(version => version.Count));
        }
    }

    [Fact]
    public async Task The_root_and_what_can_be_no_path_are_refused()
    {
        await _scene.BackUpAsync();
        await Assert.ThrowsAsync<PathNotFoundException>(() => ReadAsync("/"));
        await Assert.ThrowsAsync<PathNotFoundException>(() => ReadAsync("/home/../etc"));
    }

    private async Task<IReadOnlyList<(FileVersionKind Kind, long Size, SnapshotId First, SnapshotId Last, int Count)>> ReadAsync(string path)
    {
        FileHistory history = await _scene.UseAsync(repository => repository.ReadHistoryAsync(path, SnapshotFilter.All, CancellationToken.None));
        Assert.Empty(history.Problems);
        return [.. history.Versions.Select(version => (version.Kind, version.Node?.Metadata.Size ?? -1, version.First.Id, version.Last.Id, version.Snapshots))];
    }
}
