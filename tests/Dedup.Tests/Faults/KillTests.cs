using System.Diagnostics;
using System.Security.Cryptography;
using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>A process that backs up into a local store is killed at any moment: nothing is lost, nothing needs repair, what was stored is used again.</summary>
public sealed class KillTests : IAsyncLifetime, IDisposable
{
    private const int Kills = 50, MaxRuns = 4 * Kills, Seed = 20260106;

    private const int Files = 64, FileLength = 256 << 10;

    /// <summary>What seals, trees, index and padding may add to incompressible content.</summary>
    private const double MaxOverhead = 1.06;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);
    private readonly Random _random = new(Seed);
    private readonly ITestOutputHelper _output;
    private readonly string _store, _cache, _source;
    private readonly List<(SnapshotId Id, string Digest)> _snapshots = [];
    private TestRepository _repository = null!;

    public KillTests(ITestOutputHelper output)
    {
        _output = output;
        _store = Path.Combine(_folder.Path, "store");
        _cache = Path.Combine(_folder.Path, "cache");
        _source = Directory.CreateDirectory(Path.Combine(_folder.Path, "source")).FullName;
    }

    public async Task InitializeAsync()
    {
        await using LocalStore store = LocalStore.Create(_store);
        _repository = await TestRepository.MakeAsync(store, _folder.Path);
        Change(Files);
        await BackUpHereAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fault(1)]
    [Fact]
    public async Task Killed_at_fifty_moments_every_snapshot_restores_and_the_next_backup_goes_on()
    {
        Change(Files / 2);
        TimeSpan length;
        int steps;
        using (HostProcess whole = Start())
        using (StepWatcher watcher = new(_store, int.MaxValue))
        {
            Stopwatch watch = Stopwatch.StartNew();
            whole.Begin();
            whole.Finish();
            length = watch.Elapsed;
            steps = watcher.Steps;
        }

        int killed = 0, killedWithPacks = 0, runs = 0;
        for (; killed < Kills && runs < MaxRuns; runs++)
        {
            Change(Files / 2);
            long before = PackBytes();
            using (HostProcess host = Start())
            using (StepWatcher watcher = new(_store, _random.Next(1, steps + 1)))
            {
                // By turns at a moment, and after a step: all the packs appear within the last few milliseconds of so short a run.
                TimeSpan moment = length * _random.NextDouble();
                Stopwatch watch = Stopwatch.StartNew();
                host.Begin();
                bool isKilled = runs % 2 == 0 ? host.KillAfter(moment) : await host.KillWhenAsync(watcher.Reached);
                killed += isKilled ? 1 : 0;

                // The first run may have been slowed by others: what ends before its moment tells how long a run takes now.
                length = isKilled || length < watch.Elapsed ? length : watch.Elapsed;
            }

            long left = PackBytes() - before;
            killedWithPacks += left > 0 ? 1 : 0;
            await RequireWholeAsync(last: 1);
            long added = await BackUpHereAsync();
            Assert.True(
                left + added <= Files / 2 * FileLength * MaxOverhead, $"run {runs}: {left} bytes were left and {added} added for {Files / 2 * FileLength} of content");
        }

        await RequireWholeAsync(last: _snapshots.Count);
        _output.WriteLine($"a run takes {length.TotalMilliseconds:f0} ms and {steps} steps; seed {Seed}: {killed} of {runs} were killed before their end, {killedWithPacks} left packs");
        Assert.Equal(Kills, killed);
        Assert.NotEqual(0, killedWithPacks);
        Assert.Empty(Directory.GetFiles(Path.Combine(_store, "tmp")));
    }

    [Fault(2)]
    [Fact]
    public async Task Killed_when_its_first_pack_is_there_the_next_backup_takes_the_pack_up()
    {
        Change(Files / 2);
        long before = PackBytes();
        using (HostProcess host = Start())
        using (StepWatcher watcher = new(Path.Combine(_store, "packs"), 1))
        {
            host.Begin();
            await host.KillWhenAsync(watcher.Reached);
        }

        long left = PackBytes() - before;
        Assert.True(left > 0);
        await RequireWholeAsync(last: 1);
        long added = await BackUpHereAsync();
        Assert.True(left + added <= Files / 2 * FileLength * MaxOverhead, $"{left} bytes were left and {added} added");
        await RequireWholeAsync(last: 2);
        await using LocalStore store = new(_store);
        await using Repository repository = await _repository.OpenAsync(store, _cache);
        Assert.Empty((await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings);
    }

    private HostProcess Start() => new(_repository, _store, _cache, _source);

    private void Change(int files)
    {
        byte[] content = new byte[FileLength];
        for (int i = 0; i < files; i++)
        {
            _random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(_source, $"file-{i}"), content);
        }
    }

    private async Task<long> BackUpHereAsync()
    {
        await using LocalStore store = new(_store);
        BackupResult result = await _repository.BackUpAsync(store, new FileSystemSource([_source]), _cache);
        Assert.Empty(result.Problems);
        _snapshots.Add((result.Snapshot.Id, Digest(_source)));
        return result.Snapshot.Statistics.DataAddedPacked;
    }

    private async Task RequireWholeAsync(int last)
    {
        await using LocalStore store = new(_store);
        await using Repository repository = await _repository.OpenAsync(store, _cache);
        foreach ((SnapshotId id, string digest) in _snapshots[^last..])
        {
            string target = _repository.NewFolder();
            RestoreResult result = await repository.RestoreAsync(id, target, new RestoreOptions(), null, CancellationToken.None);
            Assert.Empty(result.Problems);
            Assert.Equal(digest, Digest(target + _source));
            Directory.Delete(target, recursive: true);
        }
    }

    private long PackBytes() => new DirectoryInfo(Path.Combine(_store, "packs")).EnumerateFiles().Sum(file => file.Length);

    private static string Digest(string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
