using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>A source, or a clock, that is not what it was: not mounted, encrypted by somebody, set back.</summary>
public sealed class SuspiciousSourceTests : IAsyncLifetime, IDisposable
{
    private const int Files = 40, FileLength = 20_000, Seed = 20261124;

    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _folder = new();
    private readonly MemoryStore _store = new();
    private readonly MemorySource _source = new(new MemoryDirectory()) { Paths = ["/data", "/other"] };
    private readonly Random _random = new(Seed);
    private TestRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _repository = await TestRepository.MakeAsync(_store, _folder.Path);
        MemoryDirectory data = _source.Root.Directory("data");
        for (int i = 0; i < Files; i++)
        {
            data.File($"file-{i}", Text(i));
        }

        _source.Root.Directory("other").File("kept", "kept");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fault(15)]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_path_that_is_suddenly_empty_is_an_error_unless_that_is_allowed(bool readsAll)
    {
        BackupResult first = await BackUpAsync();
        _source.Root.Directory("data");
        SourceException error = await Assert.ThrowsAsync<SourceException>(() => BackUpAsync(new BackupOptions { ReadAll = readsAll }));
        Assert.Equal("/data", error.Path);
        Assert.Contains("mounted", error.Message, StringComparison.Ordinal);
        Assert.Contains(first.Snapshot.Id.ToShortString(), error.Message, StringComparison.Ordinal);
        Assert.Equal([first.Snapshot.Id], (await _repository.SnapshotsAsync(_store)).Select(snapshot => snapshot.Id));

        BackupResult allowed = await BackUpAsync(new BackupOptions { AllowEmptySource = true });
        await _repository.RequireRestoresAsync(_store, allowed.Snapshot.Id, RestoredTree.Of(_source));

        // From now on it is nothing new.
        await BackUpAsync();
    }

    [Fact]
    public async Task A_directory_below_what_was_asked_for_may_become_empty()
    {
        MemoryDirectory below = ((MemoryDirectory)_source.Root.Entries[EntryName.FromText("data")]).Directory("below");
        below.File("only", "x");
        await BackUpAsync();
        below.Remove("only");
        await BackUpAsync();
    }

    [Fault(57)]
    [Theory]
    [InlineData("encrypted in place", true)]
    [InlineData("encrypted under other names", true)]
    [InlineData("a third encrypted", false)]
    [InlineData("rewritten as other text", false)]
    [InlineData("random files beside", false)]
    [InlineData("touched", false)]
    public async Task Data_that_suddenly_looks_random_is_stored_with_an_alert(string change, bool isAlarming)
    {
        BackupResult first = await BackUpAsync();
        Assert.Null(first.Alert);
        Change(change);

        BackupResult second = await BackUpAsync();

        Assert.True(second.IsCommitted && second.IsComplete);
        await _repository.RequireRestoresAsync(_store, second.Snapshot.Id, RestoredTree.Of(_source));
        Assert.Equal(isAlarming, second.Alert is not null);
        if (isAlarming)
        {
            Assert.Equal(first.Snapshot.Id, second.Alert!.Parent);
            Assert.InRange(second.Alert.ChangedShare, 0.9, 1);
            Assert.InRange(second.Alert.NewShare, 0.9, 1);
            Assert.InRange(second.Alert.StoredShare!.Value, 0.95, 1.1);
            Assert.DoesNotContain('\n', second.Alert.Message);

            // Told once: where each backup replaces all by random data it is as usual.
            Change("encrypted in place");
            Assert.Null((await BackUpAsync()).Alert);
        }
    }

    [Fault(40, 41)]
    [Theory]
    [InlineData(-365, 0, "which is still to come")]
    [InlineData(1, 365, "the clock moved by")]
    [InlineData(1, -365, "the clock moved by")]
    [InlineData(365, 0, null)]
    public async Task A_clock_that_is_off_or_jumps_costs_nothing_and_is_told(int daysLater, int jumpDays, string? told)
    {
        ListLogger log = new();
        SettableTime time = new() { Now = Noon };
        await BackUpAsync(time, log);
        Assert.Empty(log.Lines);
        time.Now = Noon.AddDays(daysLater);
        MemoryFile file = _source.Root.File("fresh", "fresh");
        file.BeforeNextRead = _ => time.Now = time.Now.AddDays(jumpDays);

        BackupResult result = await BackUpAsync(time, log);

        await _repository.RequireRestoresAsync(_store, result.Snapshot.Id, RestoredTree.Of(_source));
        Assert.InRange(result.Snapshot.Duration, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(told is null ? 0 : 1, log.Lines.Count(line => line.Contains(told ?? "clock", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1_999, true)]
    [InlineData(2_001, false)]
    public async Task A_change_within_two_seconds_is_noticed_where_times_are_whole_seconds(int milliseconds, bool isReadAgain)
    {
        SettableTime time = new() { Now = Noon.AddMilliseconds(milliseconds) };
        MemoryFile file = _source.Root.File("fresh", "one");
        file.TimeNs = UnixTime.FromDateTimeOffset(Noon);
        string cache = _repository.NewFolder();
        await BackUpAsync(time, cache: cache);
        file.Write("two"u8.ToArray());
        file.TimeNs = UnixTime.FromDateTimeOffset(Noon);
        long opened = _source.FilesOpened;

        BackupResult second = await BackUpAsync(time, cache: cache);

        Assert.Equal(isReadAgain ? 1 : 0, _source.FilesOpened - opened);
        if (isReadAgain)
        {
            await _repository.RequireRestoresAsync(_store, second.Snapshot.Id, RestoredTree.Of(_source));
        }
    }

    private static byte[] Text(int seed) =>
        System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, FileLength / 10).Select(i => $"line{(i * (seed + 1)) % 97:d5} ")));

    private void Change(string how)
    {
        MemoryDirectory data = (MemoryDirectory)_source.Root.Entries[EntryName.FromText("data")];
        foreach ((int i, (EntryName name, MemoryEntry entry)) in data.Entries.ToArray().Index())
        {
            MemoryFile file = (MemoryFile)entry;
            switch (how)
            {
                case "encrypted in place":
                case "a third encrypted" when i % 3 == 0:
                    file.Write(Noise());
                    break;
                case "encrypted under other names":
                    data.Remove(name.ToString());
                    data.File($"{name}.locked", Noise());
                    break;
                case "rewritten as other text":
                    file.Write(Text(1000 + i));
                    break;
                case "random files beside":
                    data.File($"{name}.jpeg", Noise());
                    break;
                case "touched":
                    file.Write(file.Content);
                    break;
            }
        }
    }

    private byte[] Noise()
    {
        byte[] noise = new byte[FileLength];
        _random.NextBytes(noise);
        return noise;
    }

    private Task<BackupResult> BackUpAsync(BackupOptions? options = null) => _repository.BackUpAsync(_store, _source, options: options);

    private async Task<BackupResult> BackUpAsync(TimeProvider time, ILoggerFactory? log = null, string? cache = null)
    {
        await using Repository repository = await _repository.OpenAsync(_store, cache, time, log: log);
        return await repository.BackupAsync(_source, new BackupOptions(), null, CancellationToken.None);
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add(formatter(state, exception));
            }
        }
    }
}
