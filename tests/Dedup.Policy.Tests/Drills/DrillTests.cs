using System.Runtime.Versioning;
using Dedup.Backup;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Drills;

[SupportedOSPlatform("linux")]
public sealed class DrillTests : IDisposable
{
    private const int Files = 60, FileLength = 30_000;

    private readonly DrillTrial _trial = new();

    public DrillTests()
    {
        Random random = new(8);
        for (int i = 0; i < Files; i++)
        {
            byte[] content = new byte[FileLength];
            random.NextBytes(content);
            string folder = _trial.Files.Make($"source/folder{i % 7}");
            File.WriteAllBytes(Path.Combine(folder, $"file{i}"), content);
        }

        File.CreateSymbolicLink(_trial.Files["source/link"], "folder1");
        ExternalTool.Require(_trial.Files["source"], "truncate", "-s", "3M", "hole");
    }

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task A_whole_source_is_restored_compared_and_measured()
    {
        await BackUpAsync();
        DrillResult drill = await _trial.DrillAsync(new DrillOptions { Objective = TimeSpan.FromHours(1), Place = "primary", Commands = [DrillCommand.Shell($"test -f \"$1{_trial.Files["source/hole"]}\" && test \"$PWD\" = \"$DEDUP_DRILL_FOLDER\"")] });
        DrillTrial.AssertProved(drill);
        Assert.Equal((Files + 2, (Files * FileLength) + (3 << 20)), (drill.Files, drill.Bytes));
        Assert.Equal((drill.TotalBytes, drill.Bytes), (drill.Bytes, Phase(drill, DrillPhaseKind.Verify).Bytes));
        Assert.Equal(drill.Bytes, Phase(drill, DrillPhaseKind.Restore).Bytes);
        Assert.Equal(
            [DrillPhaseKind.Open, DrillPhaseKind.Choose, DrillPhaseKind.Restore, DrillPhaseKind.Verify, DrillPhaseKind.Command, DrillPhaseKind.CleanUp],
            drill.Phases.Select(phase => phase.Kind));
        Assert.Equal(drill.RecoveryTime!.Measured, drill.RecoveryTime.Whole);
        Assert.Equal(Phase(drill, DrillPhaseKind.Open).Duration + Phase(drill, DrillPhaseKind.Restore).Duration, drill.RecoveryTime.Whole);
        Assert.Equal("primary", drill.Place);
        Assert.True(drill.MeetsObjective);
    }

    [Fact]
    public async Task A_missed_objective_is_no_success_although_all_is_proved()
    {
        await BackUpAsync();
        DrillResult drill = await _trial.DrillAsync(new DrillOptions { Objective = TimeSpan.FromTicks(1) });
        Assert.Equal((true, false, false), (drill.IsProved, drill.MeetsObjective!.Value, drill.Succeeded));
    }

    [Fact]
    public async Task A_sample_holds_as_much_as_was_asked_for_and_is_the_same_for_the_same_seed()
    {
        await BackUpAsync();
        List<string> drawn = [];
        foreach (long seed in (long[])[1, 1, 2])
        {
            string list = _trial.Files["list"];
            DrillResult drill = await _trial.DrillAsync(new DrillOptions
            {
                Sample = DrillSample.OfBytes(10 * FileLength),
                Seed = seed,
                Commands = [DrillCommand.Shell($"find . -type f | sort > '{list}'")],
            });
            DrillTrial.AssertProved(drill);
            Assert.Equal(seed, drill.Seed);
            Assert.InRange(drill.Bytes, 10 * FileLength, (10 * FileLength) + (3 << 20));
            Assert.Equal(drill.Files, File.ReadLines(list).Count());
            double ratio = Math.Max((double)drill.TotalBytes / drill.Bytes, (double)drill.TotalFiles / drill.Files);
            TimeSpan open = Phase(drill, DrillPhaseKind.Open).Duration;
            Assert.Equal((open + (Phase(drill, DrillPhaseKind.Restore).Duration * ratio)).TotalSeconds, drill.RecoveryTime!.Whole.TotalSeconds, 3);
            Assert.Contains("extrapolated", drill.RecoveryTime.Explanation, StringComparison.Ordinal);
            drawn.Add(File.ReadAllText(list));
        }

        Assert.Equal(drawn[0], drawn[1]);
        Assert.NotEqual(drawn[0], drawn[2]);
    }

    [Fact]
    public async Task Every_file_has_the_same_chance_to_be_drawn()
    {
        SampleDraw[] draws = [.. Enumerable.Range(0, 400).Select(seed => new SampleDraw(100, seed))];
        await BackUpAsync();
        await using Repository repository = await (await _trial.RepositoryAsync()).OpenAsync(_trial.Store);
        Snapshot snapshot = await repository.FindSnapshotAsync("latest", SnapshotFilter.All, CancellationToken.None);
        await foreach (Trees.TreeEntry entry in repository.ListEntriesAsync(snapshot.Id, null, true, CancellationToken.None))
        {
            if (entry.Node.Metadata.Type == Trees.NodeType.File && entry.Node.Metadata.Size == FileLength)
            {
                Array.ForEach(draws, draw => draw.Offer(entry));
            }
        }

        Assert.All(draws, draw => Assert.Equal(1, draw.Files));
    }

    [Fact]
    public async Task A_flipped_byte_and_a_missing_pack_are_found_with_the_file_that_they_hit()
    {
        await BackUpAsync();
        ObjectName pack = await LargestPackAsync();
        byte[] content = (await ReadAsync(pack)).ToArray();
        await _trial.Store.DeleteAsync(pack, CancellationToken.None);
        DrillResult missing = await _trial.DrillAsync();
        Assert.False(missing.Succeeded);
        Assert.Null(missing.RecoveryTime);
        Assert.Contains(missing.Findings, finding => finding.Phase == DrillPhaseKind.Restore && finding.Subject.Contains("/file", StringComparison.Ordinal));
        Assert.Contains(missing.Findings, finding => finding.Phase == DrillPhaseKind.Verify);

        content[content.Length / 2] ^= 1;
        Assert.True(await _trial.Store.PutIfAbsentAsync(pack, content, CancellationToken.None));
        DrillResult flipped = await _trial.DrillAsync();
        Assert.False(flipped.Succeeded);
        Assert.Contains(flipped.Findings, finding => finding.Phase == DrillPhaseKind.Restore && finding.Subject.StartsWith(_trial.Files["source"], StringComparison.Ordinal));
        Assert.Contains(flipped.Findings, finding => finding.Phase == DrillPhaseKind.Verify && finding.Subject.StartsWith(_trial.Files["source"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_restores_from_a_replica_and_finds_what_only_that_has_lost()
    {
        await BackUpAsync();
        MemoryStore replica = new();
        foreach (string folder in (string[])["", "keys", "packs", "index", "snapshots", "gc", "sessions"])
        {
            await foreach (ObjectInfo info in _trial.Store.ListAsync(folder, CancellationToken.None))
            {
                await replica.PutIfAbsentAsync(info.Name, await ReadAsync(info.Name), CancellationToken.None);
            }
        }

        DrillTrial.AssertProved(await _trial.DrillAsync(store: replica));
        await replica.DeleteAsync(await LargestPackAsync(), CancellationToken.None);
        Assert.False((await _trial.DrillAsync(store: replica)).Succeeded);
        DrillTrial.AssertProved(await _trial.DrillAsync());
    }

    [Fact]
    public async Task The_key_that_an_emergency_would_use_must_be_the_one_that_opens()
    {
        string cache = _trial.Files["first"];
        MemoryStore store = new();
        await using (Repository repository = await TestRepository.CreateByPasswordAsync(store, cache, new CreateOptions { KeyLabel = "daily" }))
        {
            await repository.BackupAsync(new FileSystemSource([_trial.Files["source"]]), new(), null, CancellationToken.None);
        }

        DrillResult right = await DrillByPasswordAsync(store, TestRepository.Credentials, "daily");
        DrillTrial.AssertProved(right);
        Assert.Equal("daily", right.KeySlot!.Label);
        DrillResult other = await DrillByPasswordAsync(store, TestRepository.Credentials, "vault");
        Assert.Contains("(daily) where the drill is for 'vault'", Assert.Single(other.Findings).Message, StringComparison.Ordinal);
        DrillResult wrong = await DrillByPasswordAsync(store, Credentials.FromPassword("wrong"), null);
        Assert.Equal(DrillPhaseKind.Open, Assert.Single(wrong.Findings).Phase);
        Assert.Equal((null, null), (wrong.Snapshot, wrong.RecoveryTime));
    }

    [Fact]
    public async Task Too_little_room_is_told_before_anything_is_restored()
    {
        await _trial.BackUpAsync(new FileSystemSource([Sparse()]));
        DrillResult drill = await _trial.DrillAsync();
        DrillFinding finding = Assert.Single(drill.Findings);
        Assert.Equal(DrillPhaseKind.Choose, finding.Phase);
        Assert.Contains("has room for", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(drill.Phases, phase => phase.Kind == DrillPhaseKind.Restore);
    }

    [Theory]
    [InlineData("echo two are missing >&2; exit 3", "ended with exit code 3: two are missing")]
    [InlineData("sleep 1000 & sleep 1000", "ran longer than 0.5 s and was killed")]
    public async Task A_command_that_fails_or_hangs_fails_the_drill(string line, string message)
    {
        await BackUpAsync();
        DrillResult drill = await _trial.DrillAsync(new DrillOptions { Commands = [DrillCommand.Shell(line) with { TimeLimit = TimeSpan.FromSeconds(0.5) }, DrillCommand.Shell("true")] });
        DrillFinding finding = Assert.Single(drill.Findings);
        Assert.Equal((DrillPhaseKind.Command, line), (finding.Phase, finding.Subject));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_of_a_database_is_refused()
    {
        await _trial.BackUpAsync(new FileSystemSource([_trial.Files["source"]]), new BackupOptions { Tags = ["kind:git"] });
        Assert.Contains("without a sample", Assert.Single((await _trial.DrillAsync(new DrillOptions { Sample = DrillSample.OfShare(0.5) })).Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_cancelled_or_killed_leaves_nothing()
    {
        await BackUpAsync();
        using CancellationTokenSource stop = new();
        TestRepository repository = await _trial.RepositoryAsync();
        DrillOptions options = new() { ScratchParent = _trial.Scratch, Commands = [DrillCommand.Shell("sleep 1000")] };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DrillRunner(TimeProvider.System).RunAsync(
            (cache, _) => repository.OpenAsync(_trial.Store, cache), options, new Stopper(stop), stop.Token));
        _trial.AssertScratchIsEmpty();

        // What a killed process leaves: a folder whose lock nobody holds. Beside it one in use.
        Directory.CreateDirectory(Path.Combine(_trial.Scratch, "dedup-scratch-0123456789abcdef/restored/home"));
        File.WriteAllText(Path.Combine(_trial.Scratch, "dedup-scratch-0123456789abcdef.lock"), "");
        using (ScratchFolder used = ScratchFolder.Create(_trial.Scratch))
        {
            Assert.Equal([used.Path], Directory.GetDirectories(_trial.Scratch));
            Assert.Equal(0, ScratchFolder.RemoveAbandoned(_trial.Scratch));
            Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(used.Path));
        }

        _trial.AssertScratchIsEmpty();
    }

    private static DrillPhase Phase(DrillResult drill, DrillPhaseKind kind) => drill.Phases.Single(phase => phase.Kind == kind);

    private Task<BackupResult> BackUpAsync() => _trial.BackUpAsync(new FileSystemSource([_trial.Files["source"]]));

    private string Sparse()
    {
        string folder = _trial.Files.Make("sparse");
        ExternalTool.Require(folder, "truncate", "-s", "15T", "image");
        return folder;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(ObjectName name)
    {
        ObjectInfo info = (await _trial.Store.InfoAsync(name, CancellationToken.None))!.Value;
        byte[] content = new byte[info.Length];
        await _trial.Store.ReadAsync(name, 0, content, CancellationToken.None);
        return content;
    }

    private async Task<ObjectName> LargestPackAsync()
    {
        List<ObjectInfo> packs = await _trial.Store.ListAsync("packs", CancellationToken.None).ToListAsync();
        return packs.MaxBy(pack => pack.Length)!.Name;
    }

    private async Task<DrillResult> DrillByPasswordAsync(MemoryStore store, Credentials credentials, string? slot) => await new DrillRunner(TimeProvider.System).RunAsync(
        (cache, cancellation) => Repository.OpenAsync(store, credentials, new RepositoryOptions { CacheDirectory = cache }, cancellation),
        new DrillOptions { ScratchParent = _trial.Scratch, KeySlot = slot }, null, CancellationToken.None);

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<DrillPhaseKind>
    {
        public void Report(DrillPhaseKind value)
        {
            if (value == DrillPhaseKind.Command)
            {
                stop.Cancel();
            }
        }
    }
}
