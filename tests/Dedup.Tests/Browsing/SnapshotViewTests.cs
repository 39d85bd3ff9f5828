using Dedup.Backup;
using Dedup.Browsing;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Browsing;

/// <summary>All snapshots as one tree.</summary>
public sealed class SnapshotViewTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly CountingStore _store = new(new MemoryStore());
    private readonly HandTurnedTime _time = new();
    private readonly MemoryDirectory _root = new();
    private Repository _repository = null!;

    public async Task InitializeAsync() => _repository = await (await TestRepository.MakeAsync(_store, _scratch.Path)).OpenAsync(_store, time: _time);

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Snapshots_lie_in_folders_by_id_host_tag_and_time()
    {
        Snapshot first = await BackUpAsync("web1", "2026-01-02T03:04:05+01:00", "daily", "full");
        Snapshot second = await BackUpAsync("web2", "2026-02-03T04:05:06Z", "daily");
        Snapshot third = await BackUpAsync("web1", "2026-03-04T05:06:07Z");
        using SnapshotView view = await OpenAsync();
        Assert.Equal(["hosts", "ids", "snapshots", "tags"], await NamesAsync(view, ""));
        Assert.Equal(new[] { first, second, third }.Select(Short).Order(StringComparer.Ordinal), await NamesAsync(view, "ids"));
        Assert.Equal(["web1", "web2"], await NamesAsync(view, "hosts"));
        Assert.Equal(["2026-01-02T03-04-05", "2026-03-04T05-06-07", "latest"], await NamesAsync(view, "hosts/web1"));
        Assert.Equal(["daily", "full"], await NamesAsync(view, "tags"));
        Assert.Equal(["2026-01-02T03-04-05", "2026-02-03T04-05-06", "latest"], await NamesAsync(view, "tags/daily"));
        Assert.Equal(4, (await NamesAsync(view, "snapshots")).Count);
        foreach ((string path, Snapshot snapshot) in (IEnumerable<(string, Snapshot)>)
            [($"ids/{Short(first)}", first), ("hosts/web1/latest", third), ("tags/daily/latest", second), ("tags/full/latest", first), ("snapshots/latest", third), ("snapshots/2026-02-03T04-05-06", second)])
        {
            ViewEntry? entry = await FindAsync(view, path);
            Assert.Equal(snapshot.Id, entry?.Snapshot?.Id);
            Assert.Equal(snapshot.Time, entry?.Modified);
        }
    }

    [Fact]
    public async Task A_filter_picks_what_is_shown()
    {
        await BackUpAsync("web1", "2026-01-02T03:04:05Z");
        await BackUpAsync("web2", "2026-02-03T04:05:06Z");
        using SnapshotView view = await _repository.OpenViewAsync(new SnapshotFilter { Hosts = ["web2"] }, CancellationToken.None);
        Assert.Equal(["web2"], await NamesAsync(view, "hosts"));
        Assert.Single(await NamesAsync(view, "ids"));
    }

    [Fact]
    public async Task Hosts_and_tags_of_any_text_are_names_that_lead_nowhere_else()
    {
        foreach (string host in (string[])["a/b", "..", ".", "100%", "a%2Fb", "x\0y"])
        {
            await BackUpAsync(host, "2026-01-02T03:04:05Z", host);
        }

        using SnapshotView view = await OpenAsync();
        string[] names = ["%2E", "%2E%2E", "100%25", "a%252Fb", "a%2Fb", @"x%00y"];
        Assert.Equal(names, await NamesAsync(view, "hosts"));
        Assert.Equal(names, await NamesAsync(view, "tags"));
        // Six of one second: the first by its time alone, the others with their ids.
        Assert.Equal(7, (await NamesAsync(view, "snapshots")).Distinct().Count());
    }

    [Fact]
    public async Task What_is_made_or_forgotten_shows_after_seconds_and_costs_a_listing()
    {
        Snapshot first = await BackUpAsync("web1", "2026-01-02T03:04:05Z");
        using SnapshotView view = await OpenAsync();
        Snapshot second = await BackUpAsync("web1", "2026-01-03T03:04:05Z");
        Assert.Equal([Short(first)], await NamesAsync(view, "ids"));
        _time.Turn(TimeSpan.FromMinutes(1));
        Assert.Equal(second.Id, (await FindAsync(view, "snapshots/latest"))!.Snapshot!.Id);
        await _repository.ForgetAsync(second.Id, "test", CancellationToken.None);
        _time.Turn(TimeSpan.FromMinutes(1));
        Assert.Equal(first.Id, (await FindAsync(view, "snapshots/latest"))!.Snapshot!.Id);
        StoreTraffic before = _store.Traffic;
        await FindAsync(view, "ids");
        Assert.Equal(0, _store.Traffic.Since(before).RequestCount);
        _time.Turn(TimeSpan.FromMinutes(1));
        await FindAsync(view, "ids");
        Assert.Equal(2, _store.Traffic.Since(before).RequestCount);
    }

    [Fact]
    public async Task Entries_are_found_listed_and_read_and_content_tells_itself_by_its_tag()
    {
        MemoryDirectory inner = _root.Directory("d");
        inner.File("one", "same");
        inner.File("two", "same");
        inner.File("other", "different");
        inner.Link("link", "one");
        await BackUpAsync("web1", "2026-01-02T03:04:05Z");
        using SnapshotView view = await OpenAsync();
        Assert.Equal(["link", "one", "other", "two"], await NamesAsync(view, "snapshots/latest/d"));
        ViewEntry one = (await FindAsync(view, "snapshots/latest/d/one"))!;
        ViewEntry two = (await FindAsync(view, "hosts/web1/latest/d/two"))!;
        ViewEntry other = (await FindAsync(view, "snapshots/latest/d/other"))!;
        Assert.Equal(one.ContentTag(), two.ContentTag());
        Assert.NotEqual(one.ContentTag(), other.ContentTag());
        Assert.Equal(UnixTime.ToDateTimeOffset(inner.Entries[EntryName.FromText("one")].TimeNs), one.Modified);
        await using (SnapshotFileStream stream = view.OpenRead(other))
        {
            using StreamReader reader = new(stream);
            Assert.Equal("different", await reader.ReadToEndAsync());
        }

        ViewEntry link = (await FindAsync(view, "snapshots/latest/d/link"))!;
        Assert.Equal(NodeType.SymbolicLink, link.Type);
        Assert.Throws<ArgumentException>(() => view.OpenRead(link));
        Assert.Throws<ArgumentException>(() => view.List(one, CancellationToken.None));
        foreach (string path in (string[])["x", "ids/00000000", "snapshots/latest/x", "snapshots/latest/d/one/x", "snapshots/latest/d/link/x"])
        {
            Assert.Null(await FindAsync(view, path));
        }
    }

    private static string Short(Snapshot snapshot) => snapshot.Id.ToString()[..8];

    private static async Task<ViewEntry?> FindAsync(SnapshotView view, string path) => await view.FindAsync(
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(EntryName.FromText)], CancellationToken.None);

    private static async Task<IReadOnlyList<string>> NamesAsync(SnapshotView view, string path) =>
        [.. view.List((await FindAsync(view, path))!, CancellationToken.None).Select(static entry => entry.Name.ToString())];

    private Task<SnapshotView> OpenAsync() => _repository.OpenViewAsync(SnapshotFilter.All, CancellationToken.None);

    private async Task<Snapshot> BackUpAsync(string host, string time, params string[] tags)
    {
        BackupOptions options = new() { Host = host, Tags = tags, Time = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) };
        return (await _repository.BackupAsync(new MemorySource(_root), options, null, CancellationToken.None)).Snapshot;
    }
}
