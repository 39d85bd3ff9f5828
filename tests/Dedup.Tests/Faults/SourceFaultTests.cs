using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>A source that fails or changes while it is read.</summary>
public sealed class SourceFaultTests : IAsyncLifetime, IDisposable
{
    /// <summary>Beyond what one thread reads whole.</summary>
    private const int LargeLength = 9 << 20;

    private const int Seed = 20260105;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);
    private readonly MemoryStore _store = new();
    private readonly MemorySource _source = new(new MemoryDirectory());
    private TestRepository _repository = null!;
    private string _cache = "";

    public async Task InitializeAsync()
    {
        _repository = await TestRepository.MakeAsync(_store, _folder.Path);
        _cache = _repository.NewFolder();
        _source.Root.File("bystander", "always the same");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fault(12)]
    [Theory]
    [InlineData(100)]
    [InlineData(LargeLength)]
    public async Task A_file_that_cannot_be_read_is_told_and_the_rest_is_stored(int length)
    {
        MemoryFile file = _source.Root.File("locked", Noise(length));
        file.Failure = new SourceException("/locked", "permission denied");
        BackupResult result = await BackUpAsync();
        Assert.False(result.IsComplete);
        BackupProblem problem = Assert.Single(result.Problems);
        Assert.Equal(("/locked", "permission denied", ProblemSeverity.Error), (problem.Path, problem.Reason, problem.Severity));
        Assert.Equal(1, result.Snapshot.Statistics.Errors);
        await RequireAsync(result, "bystander");

        file.Failure = null;
        result = await BackUpAsync();
        Assert.True(result.IsComplete);
        await RequireAsync(result, "bystander", "locked");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(LargeLength)]
    public async Task A_file_that_fails_halfway_is_told_and_not_stored(int length)
    {
        MemoryFile file = _source.Root.File("failing", Noise(length));
        file.BeforeNextRead = now => now.BeforeNextRead = then => then.Failure = new SourceException("/failing", "input/output error");
        file.Failure = length == 100 ? new SourceException("/failing", "input/output error") : null;
        BackupResult result = await BackUpAsync();
        Assert.Equal("/failing", Assert.Single(result.Problems).Path);
        Assert.False(result.IsComplete);
        await RequireAsync(result, "bystander");
    }

    [Fault(14)]
    [Fact]
    public async Task What_vanishes_is_a_warning_and_the_snapshot_is_complete()
    {
        _source.Root.File("gone", "x").Failure = new SourceException("/gone", "vanished", hasVanished: true);
        _source.Root.Directory("gone-too").Failure = new SourceException("/gone-too", "vanished", hasVanished: true);
        BackupResult result = await BackUpAsync();
        Assert.True(result.IsComplete);
        Assert.Equal(2, result.Problems.Count);
        Assert.All(result.Problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
        await RequireAsync(result, "bystander");
    }

    [Fact]
    public async Task A_directory_that_cannot_be_read_is_told_and_the_rest_is_stored()
    {
        MemoryDirectory closed = _source.Root.Directory("closed");
        closed.File("inside", "x");
        foreach (bool isListing in (bool[])[false, true])
        {
            closed.Failure = isListing ? null : new SourceException("/closed", "permission denied");
            closed.ListingFailure = isListing ? new SourceException("/closed", "permission denied") : null;
            BackupResult result = await BackUpAsync();
            Assert.False(result.IsComplete);
            Assert.Equal("/closed", Assert.Single(result.Problems).Path);
            await RequireAsync(result, "bystander");
        }
    }

    [Fault(15)]
    [Fact]
    public async Task Without_its_root_nothing_is_committed()
    {
        _source.Root.Failure = new SourceException("/memory", "not there");
        await Assert.ThrowsAsync<SourceException>(BackUpAsync);
        _source.Root.Failure = null;
        _source.Root.ListingFailure = new SourceException("/memory", "cannot be listed");
        await Assert.ThrowsAsync<SourceException>(BackUpAsync);
        Assert.Empty(await _repository.SnapshotsAsync(_store));
    }

    [Fault(13)]
    [Theory]
    [InlineData(1000, 5000)]
    [InlineData(5000, 1000)]
    [InlineData(5000, 0)]
    [InlineData(5000, 5000)]
    [InlineData(LargeLength, LargeLength + 70_000)]
    [InlineData(LargeLength, LargeLength - 70_000)]
    [InlineData(LargeLength, 100)]
    [InlineData(LargeLength, LargeLength)]
    public async Task A_file_that_changes_while_it_is_read_is_flagged_stored_consistently_and_read_again(int before, int after)
    {
        byte[] old = Noise(before), replaced = Noise(after, Seed + 1);
        MemoryFile file = _source.Root.File("moving", old);

        // A large file has been read in part by then, a small one not yet.
        file.BeforeNextRead = before == LargeLength ? now => now.BeforeNextRead = then => then.Write(replaced) : now => now.Write(replaced);
        BackupResult result = await BackUpAsync();
        Assert.True(result.IsComplete);
        Assert.Equal(("/moving", ProblemSeverity.Warning), (result.Problems[0].Path, result.Problems[0].Severity));

        // What was stored is of the size it says, and every byte of it stood at its place before or after.
        await using Repository repository = await _repository.OpenAsync(_store, _cache);
        (var restored, SortedDictionary<string, byte[]> tree) = await _repository.RestoreAsync(repository, result.Snapshot.Id);
        Assert.Empty(restored.Problems);
        byte[] stored = tree["moving"];
        Assert.True(stored.Length <= Math.Max(before, after));
        for (int i = 0; i < stored.Length; i++)
        {
            Assert.True((i < before && stored[i] == old[i]) || (i < after && stored[i] == replaced[i]) || stored[i] == 0, $"byte {i}");
        }

        Assert.Equal(NodeRemarks.ChangedWhileRead, (await NodesAsync(repository, result.Snapshot.Id))["moving"].Remarks);

        // Nothing changed since; it is read again all the same.
        result = await BackUpAsync();
        Assert.Empty(result.Problems);
        Assert.Equal(after, result.Snapshot.Statistics.BytesRead);
        await RequireAsync(result, "bystander", "moving");
    }

    [Theory]
    [InlineData(128 << 10)]
    [InlineData(1 << 20)]
    [InlineData(4 << 20)]
    [InlineData((4 << 20) + 1)]
    public async Task A_file_of_more_chunks_than_a_node_holds_restores(int length)
    {
        _source.Root.File("many-chunks", Noise(length));
        await RequireAsync(await BackUpAsync(), "bystander", "many-chunks");
    }

    [Fact]
    public async Task A_small_file_that_has_become_large_when_it_is_read_is_stored_as_it_became()
    {
        _source.Root.File("growing", Noise(1000)).BeforeNextRead = now => now.Write(Noise(LargeLength));
        await RequireAsync(await BackUpAsync(), "bystander", "growing");
    }

    [Fact]
    public async Task A_change_that_no_time_shows_because_it_came_right_after_another_is_noticed_next_time()
    {
        SteppingTime clock = new(TimeProvider.System.GetUtcNow());
        long now = UnixTime.FromDateTimeOffset(clock.GetUtcNow());
        MemoryFile file = _source.Root.File("fresh", "one");
        file.TimeNs = now;

        // The same time, because the file system's clock has not ticked since; the length is the same too.
        BackupResult first;
        await using (Repository repository = await _repository.OpenAsync(_store, _cache, clock))
        {
            first = await repository.BackupAsync(_source, new BackupOptions(), null, CancellationToken.None);
        }

        file.Write("two"u8.ToArray());
        file.TimeNs = now;
        BackupResult second = await BackUpAsync();
        await RequireAsync(second, "bystander", "fresh");
        Assert.NotEqual(first.Snapshot.Tree, second.Snapshot.Tree);
    }

    [Fact]
    public async Task A_change_that_no_time_shows_and_that_comes_during_a_long_read_is_noticed_next_time()
    {
        // Changed just before the backup opens it, and again within the same tick while it is read: a second passes before the read is over.
        SteppingTime clock = new(TimeProvider.System.GetUtcNow());
        MemoryFile file = _source.Root.File("fresh", "one");
        long time = UnixTime.FromDateTimeOffset(clock.GetUtcNow());
        file.TimeNs = time;
        file.BeforeNextRead = _ => clock.Step(TimeSpan.FromSeconds(1));
        await using (Repository repository = await _repository.OpenAsync(_store, _cache, clock))
        {
            await repository.BackupAsync(_source, new BackupOptions(), null, CancellationToken.None);
        }

        file.Write("two"u8.ToArray());
        file.TimeNs = time;
        await RequireAsync(await BackUpAsync(), "bystander", "fresh");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unchanged_source_is_not_read_again_and_adds_next_to_nothing(bool isCatalogueLost)
    {
        const long MaxAdded = 16 << 10;
        _source.Root.File("large", Noise(LargeLength));
        MemoryDirectory many = _source.Root.Directory("many");
        for (int i = 0; i < 300; i++)
        {
            many.File($"file-{i}", $"content {i}");
        }

        BackupResult first = await BackUpAsync();
        Assert.Equal(_source.BytesRead, first.Snapshot.Statistics.BytesRead);
        (long opened, long read) = (_source.FilesOpened, _source.BytesRead);
        if (isCatalogueLost)
        {
            Directory.Delete(_cache, recursive: true);
        }

        FaultyStore counted = new(_store);
        BackupResult second = await _repository.BackUpAsync(counted, _source, _cache);
        Assert.Equal((opened, read), (_source.FilesOpened, _source.BytesRead));
        Assert.Equal(0, second.Snapshot.Statistics.BytesRead);
        Assert.Equal(first.Snapshot.Tree, second.Snapshot.Tree);
        Assert.True(counted.BytesWritten < MaxAdded, $"{counted.BytesWritten} bytes were added");
        await _repository.RequireRestoresAsync(_store, second.Snapshot.Id, RestoredTree.Of(_source));
    }

    private static byte[] Noise(int length, int seed = Seed)
    {
        byte[] noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static async Task<Dictionary<string, Node>> NodesAsync(Repository repository, SnapshotId snapshot)
    {
        Dictionary<string, Node> nodes = [];
        await foreach (var entry in repository.ListEntriesAsync(snapshot, null, isRecursive: false, CancellationToken.None))
        {
            nodes[entry.Node.Name.ToString()] = entry.Node;
        }

        return nodes;
    }

    private Task<BackupResult> BackUpAsync() => _repository.BackUpAsync(_store, _source, _cache);

    /// <summary>Asserts that a snapshot restores, and that these of the source's entries and no others are in it.</summary>
    private async Task RequireAsync(BackupResult result, params string[] names)
    {
        SortedDictionary<string, byte[]> expected = RestoredTree.Of(_source);
        foreach (string other in expected.Keys.Except(names).ToList())
        {
            expected.Remove(other);
        }

        Assert.Equal(names.Length, expected.Count);
        await _repository.RequireRestoresAsync(_store, result.Snapshot.Id, expected, _cache);
    }

    private sealed class SteppingTime(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Step(TimeSpan step) => _now += step;
    }
}
