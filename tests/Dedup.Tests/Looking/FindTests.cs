using System.Runtime.Versioning;
using Dedup.Filtering;
using Dedup.Looking;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Looking;

[SupportedOSPlatform("linux")]
public sealed class FindTests : IAsyncLifetime
{
    private const int Seed = 20261122;

    private readonly Random _random = new(Seed);
    private LookingScene _scene = null!;

    public async Task InitializeAsync() => _scene = await LookingScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_found_is_what_listings_of_all_snapshots_show_cold_and_warm_and_after_another_backup()
    {
        await BackUpAsync(12);
        IReadOnlyList<(SnapshotId Snapshot, TreeEntry Entry)> all = await _scene.ListAllAsync();
        foreach (string pattern in (string[])["file-00*", "*", "notes.txt", "/home/*/.ssh/**", "many/file-1?[02468]*.dat", ".ssh"])
        {
            await RequireFoundAsync(all, pattern);
        }

        await BackUpAsync(3);
        all = await _scene.ListAllAsync();
        await RequireFoundAsync(all, "file-*7.dat");
        await RequireFoundAsync(all, "file-*7.dat");
        _scene.Cache = _scene.Test.NewFolder();
        await RequireFoundAsync(all, "file-*7.dat");
    }

    [Theory]
    [InlineData("notes.txt", "/home/ann/notes.txt /home/bob/notes.txt")]
    [InlineData("NOTES.TXT", "")]
    [InlineData("ann", "/home/ann")]
    [InlineData("/home/ann", "/home/ann")]
    [InlineData("/ann", "")]
    [InlineData("ann/notes.txt", "/home/ann/notes.txt")]
    [InlineData("/home/*/link", "/home/ann/link /home/bob/link")]
    [InlineData("/home/ann/**", "/home/ann/.ssh /home/ann/.ssh/known_hosts /home/ann/empty /home/ann/link /home/ann/notes.txt")]
    [InlineData("/**/known_hosts", "/home/ann/.ssh/known_hosts /home/bob/.ssh/known_hosts")]
    [InlineData("home/**/known_*", "/home/ann/.ssh/known_hosts /home/bob/.ssh/known_hosts")]
    [InlineData("file-0[01]0[0-1].dat", "/many/file-0000.dat /many/file-0001.dat /many/file-0100.dat /many/file-0101.dat")]
    public async Task A_pattern_matches_names_or_with_a_slash_paths(string pattern, string expected)
    {
        await BackUpAsync(1, isEdited: false);
        FoundInSnapshot found = Assert.Single((await _scene.FindAsync(pattern)).Snapshots);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task Case_time_and_snapshots_narrow_a_search()
    {
        _scene.Fill();
        Snapshot first = await _scene.BackUpAsync("web1", "a");
        var ann = (MemoryDirectory)((MemoryDirectory)_scene.Source.Root.Entries[EntryName.FromText("home")]).Entries[EntryName.FromText("ann")];
        MemoryFile notes = ann.File("notes.txt", "new");
        notes.TimeNs += 10_000_000_000;
        Snapshot second = await _scene.BackUpAsync("web2");
        FindOptions options = new() { Patterns = [PathPattern.Parse("NOTES.*", ignoresCase: true)] };
        Assert.Equal([2, 2], await CountAsync(options));
        Assert.Equal([2], await CountAsync(options with { Filter = new SnapshotFilter { Tags = ["a"] } }));
        Assert.Equal([2], await CountAsync(options with { Snapshots = [second.Id] }));
        DateTimeOffset changed = DateTimeOffset.UnixEpoch.AddTicks(notes.TimeNs / 100);
        Assert.Equal([0, 1], await CountAsync(options with { Oldest = changed }));
        Assert.Equal([2, 1], await CountAsync(options with { Newest = changed.AddTicks(-1) }));
        Assert.Equal([2, 2], await CountAsync(options with { Newest = changed }));
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => CountAsync(options with { Snapshots = [first.Id, new SnapshotId(new byte[16])] }));
        await Assert.ThrowsAsync<ArgumentException>(() => CountAsync(new FindOptions()));
        await Assert.ThrowsAsync<ArgumentException>(() => CountAsync(LookingScene.Options("!a")));
    }

    [Fact]
    public async Task A_search_reads_each_page_once_and_the_next_one_none()
    {
        IReadOnlyList<Snapshot> snapshots = await BackUpAsync(20);
        long pages = snapshots.Sum(snapshot => snapshot.Statistics.TreeBlobs);
        StoreTraffic before = _scene.Store.Traffic;
        await _scene.FindAsync("file-0001.dat");
        StoreTraffic cold = _scene.Store.Traffic.Since(before);

        // A page is a read; so is the beginning of each pack, where its key comes from.
        long packs = (await StoreContent.ReadAsync(_scene.Store)).In("packs").Count;
        Assert.InRange(cold.Count(StoreRequestKind.Read, "packs"), pages, pages + packs);

        before = _scene.Store.Traffic;
        await _scene.FindAsync("notes.*");
        await _scene.UseAsync(repository => repository.ReadHistoryAsync("/many/file-0001.dat", SnapshotFilter.All, CancellationToken.None));
        StoreTraffic warm = _scene.Store.Traffic.Since(before);
        Assert.Equal(["config", "config"], warm.Requests.Where(requests => requests.Kind != StoreRequestKind.List).SelectMany(requests => Enumerable.Repeat(requests.Folder.Length == 0 ? "config" : requests.Folder, (int)requests.Count)));

        Snapshot next = (await BackUpAsync(1))[0];
        before = _scene.Store.Traffic;
        await _scene.FindAsync("notes.*");
        Assert.InRange(_scene.Store.Traffic.Since(before).Count(StoreRequestKind.Read, "packs"), next.Statistics.TreeBlobs, next.Statistics.TreeBlobs + 4);
    }

    [Fact]
    public async Task What_is_kept_is_private_and_holds_no_name_in_the_clear()
    {
        await BackUpAsync(2);
        await _scene.FindAsync("notes.txt");
        foreach (string file in (string[])["pages.log", "slots.log"])
        {
            string path = Path.Combine(_scene.CatalogueFolder, file);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            byte[] content = File.ReadAllBytes(path);
            Assert.True(content.Length > 400);
            Assert.Equal(-1, content.AsSpan().IndexOf("notes"u8));
            Assert.Equal(-1, content.AsSpan().IndexOf("web1"u8));
        }
    }

    [Fact]
    public async Task Whatever_becomes_of_what_is_kept_the_same_is_found()
    {
        await BackUpAsync(4);
        IReadOnlyList<string> expected = LookingScene.Lines(await _scene.FindAsync("file-00*"));
        foreach (string file in (string[])["pages.log", "slots.log"])
        {
            string path = Path.Combine(_scene.CatalogueFolder, file);
            byte[] whole = File.ReadAllBytes(path);
            for (int i = 0; i < 20; i++)
            {
                byte[] damaged = [.. whole];
                int place = i < 4 ? i * 15 : _random.Next(whole.Length);
                if (i % 2 == 0)
                {
                    damaged[place] ^= 0x40;
                }
                else
                {
                    damaged = damaged[..place];
                }

                File.WriteAllBytes(path, damaged);
                Assert.Equal(expected, LookingScene.Lines(await _scene.FindAsync("file-00*")));
            }
        }

        // What another repository kept is nothing to this one.
        using LookingScene other = await LookingScene.MakeAsync();
        other.Source.Root.File("file-0000.dat", "another");
        await other.BackUpAsync();
        await other.FindAsync("*");
        File.Copy(Path.Combine(other.CatalogueFolder, "pages.log"), Path.Combine(_scene.CatalogueFolder, "pages.log"), overwrite: true);
        Assert.Equal(expected, LookingScene.Lines(await _scene.FindAsync("file-00*")));
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_read_is_told_and_the_others_are_searched()
    {
        IReadOnlyList<string> before = (await StoreContent.ReadAsync(_scene.Store)).In("packs");
        IReadOnlyList<Snapshot> snapshots = await BackUpAsync(2);
        IReadOnlyList<string> between = (await StoreContent.ReadAsync(_scene.Store)).In("packs");
        snapshots = [.. snapshots, .. await BackUpAsync(1), .. await BackUpAsync(1, isEdited: false)];
        IReadOnlyList<string> after = (await StoreContent.ReadAsync(_scene.Store)).In("packs");
        foreach (string pack in after.Except(between))
        {
            await _scene.Store.DeleteAsync(ObjectName.Parse(pack), CancellationToken.None);
        }

        FindResult result = await _scene.FindAsync("notes.txt");
        Assert.Equal(snapshots.Take(2).Select(snapshot => snapshot.Id), result.Snapshots.Select(found => found.Snapshot.Id));
        Assert.All(result.Snapshots, found => Assert.Equal(2, found.Entries.Count()));
        Assert.Equal(snapshots.Skip(2).Select(snapshot => snapshot.Id), result.Problems.Select(problem => problem.Snapshot));
        Assert.Empty(before);
    }

    [Fact]
    public async Task A_snapshot_that_is_forgotten_is_not_searched_any_more()
    {
        IReadOnlyList<Snapshot> snapshots = await BackUpAsync(3);
        await _scene.FindAsync("notes.txt");
        await _scene.UseAsync(repository => repository.ForgetAsync(snapshots[1].Id, "by hand", CancellationToken.None));
        Assert.Equal([snapshots[0].Id, snapshots[2].Id], (await _scene.FindAsync("notes.txt")).Snapshots.Select(found => found.Snapshot.Id));
    }

    private async Task<IReadOnlyList<Snapshot>> BackUpAsync(int count, bool isEdited = true)
    {
        List<Snapshot> snapshots = [];
        for (int i = 0; i < count; i++)
        {
            if (_scene.Source.Root.Entries.Count == 0)
            {
                _scene.Fill();
            }
            else if (isEdited)
            {
                _scene.Edit(_random);
            }

            snapshots.Add(await _scene.BackUpAsync());
        }

        return snapshots;
    }

    private Task<List<int>> CountAsync(FindOptions options) => _scene.UseAsync(async repository =>
        (await repository.FindAsync(options, CancellationToken.None)).Snapshots.Select(found => found.Entries.Count()).ToList());

    /// <summary>Compares with a search that asks for each path of each snapshot.</summary>
    private async Task RequireFoundAsync(IReadOnlyList<(SnapshotId Snapshot, TreeEntry Entry)> all, string pattern)
    {
        PathPatterns patterns = new([PathPattern.Parse(pattern)]);
        string[] expected =
        [
            .. all.Where(found => Matches(patterns, found.Entry.Path) && (pattern == "*" || pattern.EndsWith("/**", StringComparison.Ordinal) || !Matches(patterns, Path.GetDirectoryName(found.Entry.Path)!)))
                .Where(found => pattern != "/home/*/.ssh/**" || Matches(patterns, Path.GetDirectoryName(found.Entry.Path)!))
                .Select(found => LookingScene.Line(found.Snapshot, found.Entry)),
        ];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, LookingScene.Lines(await _scene.FindAsync(pattern)));
    }

    private static bool Matches(PathPatterns patterns, string path) => patterns.Match(System.Text.Encoding.UTF8.GetBytes(path)).IsMatch;
}
