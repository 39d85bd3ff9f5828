using Dedup.Backup;
using Dedup.Evidence;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Replication;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Tagging;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Recording;

public sealed class EvidenceTests : IAsyncLifetime
{
    private EvidenceScene _scene = null!;

    public async Task InitializeAsync() => _scene = await EvidenceScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Everything_that_is_done_leaves_a_record_with_object_result_origin_actor_and_time()
    {
        SnapshotId first = (await _scene.BackUpAsync(sourceName: "files")).Snapshot.Id;
        SnapshotId second = (await _scene.BackUpAsync()).Snapshot.Id;
        await using Repository repository = await _scene.OpenAsync();
        await repository.ForgetAsync(first, "30 daily", default);
        await repository.PruneAsync(new PruneOptions { AllowLargeDeletion = true }, null, default);
        await repository.CheckAsync(CheckOptions.Everything, null, default);
        Snapshot tagged = await repository.TagAsync(second, new TagEdit { Add = ["x"] }, default);
        await repository.RepairIndexAsync(isDryRun: false, default);

        IReadOnlyList<EvidenceRecord> records = await repository.ReadEvidenceAsync(default);
        Assert.Equal(
            [
                (EvidenceAction.Backup, first.ToString()), (EvidenceAction.Backup, second.ToString()), (EvidenceAction.Forget, first.ToString()), (EvidenceAction.Prune, ""),
                (EvidenceAction.Check, "data"), (EvidenceAction.Tag, tagged.Id.ToString()), (EvidenceAction.Forget, second.ToString()), (EvidenceAction.Repair, "index"),
            ],
            records.Select(record => (record.Action, record.Object)));
        Assert.Equal(Enumerable.Range(1, 8).Select(number => (long)number), records.Select(record => record.Number));
        Assert.All(records, record => Assert.Equal(
            (EvidenceResult.Success, Environment.MachineName, Environment.UserName, "memory", false, false),
            (record.Result, record.Host, record.Actor, record.Place, record.IsClockDoubtful, record.IsLate)));
        Assert.All(records, record => Assert.StartsWith("dedup ", record.Program, StringComparison.Ordinal));
        Assert.Equal(_scene.Time.Now, records[^1].Time);
        Assert.Equal("files", records[0].Details.FindText(EvidenceFields.Source));
        Assert.Equal(7, records[0].Details.FindNumber(EvidenceFields.Bytes));
        Assert.Equal("30 daily", records[2].Details.FindText(EvidenceFields.Reason));
        Assert.True(records[4].Details.FindNumber(EvidenceFields.BytesRead) > 0);

        EvidenceVerification verification = await repository.VerifyEvidenceAsync(default);
        Assert.Empty(verification.Findings);
        Assert.Equal((0UL, 8L, 8L), verification.Chains.Select(chain => (chain.Chain, chain.Records, chain.LastNumber)).Single());
    }

    [Fact]
    public async Task Making_a_repository_and_changing_its_keys_leaves_records()
    {
        using ScratchDirectory folder = ScratchDirectory.InMemory(1 << 26);
        await using MemoryStore store = new();
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, folder.Path);
        KeySlotInfo slot = await repository.AddKeyAsync(Credentials.FromPassword("another"), "safe", default);
        await repository.RemoveKeyAsync(slot.Id, default);
        Assert.Equal(
            [(EvidenceAction.Create, repository.Id, null), (EvidenceAction.KeyAdd, slot.Id, "safe"), (EvidenceAction.KeyRemove, slot.Id, (string?)null)],
            (await repository.ReadEvidenceAsync(default)).Select(record => (record.Action, record.Object, record.Action == EvidenceAction.KeyAdd ? record.Details.FindText(EvidenceFields.Label) : null)));
    }

    [Fact]
    public async Task What_only_looks_leaves_none()
    {
        SnapshotId snapshot = (await _scene.BackUpAsync()).Snapshot.Id;
        await using Repository repository = await _scene.OpenAsync();
        await repository.BackupAsync(_scene.Source, new BackupOptions { IsDryRun = true }, null, default);
        await repository.PruneAsync(new PruneOptions { IsDryRun = true }, null, default);
        await repository.RepairIndexAsync(isDryRun: true, default);
        await _scene.Repository.RestoreAsync(repository, snapshot);
        Assert.Single(await repository.ReadEvidenceAsync(default));
    }

    [Fact]
    public async Task A_backup_that_found_nothing_changed_and_one_that_failed_are_on_record()
    {
        await _scene.BackUpAsync();
        await using Repository repository = await _scene.OpenAsync();
        await repository.BackupAsync(_scene.Source, new BackupOptions { SkipIfUnchanged = true }, null, default);
        _scene.Source.Root.ListingFailure = new SourceException("/memory", "the disk is gone");
        await Assert.ThrowsAnyAsync<DedupException>(() => repository.BackupAsync(_scene.Source, new BackupOptions(), null, default));
        IReadOnlyList<EvidenceRecord> records = await repository.ReadEvidenceAsync(default);
        Assert.Equal([EvidenceResult.Success, EvidenceResult.Success, EvidenceResult.Failure], records.Select(record => record.Result));
        Assert.Null(records[1].Details.FindText(EvidenceFields.Snapshot));
        Assert.Contains("the disk is gone", records[2].Details.FindText(EvidenceFields.Reason), StringComparison.Ordinal);
        Assert.Equal("/memory", records[2].Details.FindText(EvidenceFields.Path));
    }

    [Fact]
    public async Task What_others_do_is_appended_and_read_as_it_was()
    {
        await _scene.BackUpAsync();
        await using Repository repository = await _scene.OpenAsync();
        PolicyDetails policy = new()
        {
            Digest = new string('a', 64),
            Document = "repository: /srv",
            ReadWithin = TimeSpan.FromDays(30),
            Sources =
            [
                new SourceObjectives { Name = "db", Kind = "sqlite", Schedule = "daily at 02:00", Retention = "30 daily", RecoveryPoint = TimeSpan.FromHours(24), RecoveryTime = TimeSpan.FromHours(4), DrillEvery = TimeSpan.FromDays(30) },
                new SourceObjectives { Name = "files" },
            ],
            Places = [new PolicyPlace("main", "/srv", false), new PolicyPlace("off", "s3://x/y", true)],
        };
        DrillDetails drill = new()
        {
            Place = "s3://x/y",
            Snapshot = SnapshotId.Generate(),
            SnapshotTime = _scene.Time.Now,
            KeySlot = "safe",
            IsSample = true,
            Files = 3,
            Bytes = 4,
            TotalFiles = 30,
            TotalBytes = 40,
            Duration = TimeSpan.FromSeconds(1),
            RecoveryTime = TimeSpan.FromSeconds(10),
            Objective = TimeSpan.FromHours(4),
            Checks = [new DrillCheck("hashes", true, ""), new DrillCheck("sqlite integrity_check", false, "row 3 missing")],
            Problems = ["a"],
        };
        EvidenceRecord? first = await repository.AppendEvidenceAsync(policy.ToEntry("dedup.yaml", "ann"), default);
        EvidenceRecord? second = await repository.AppendEvidenceAsync(drill.ToEntry("db", EvidenceResult.Failure, "ann"), default);
        IReadOnlyList<EvidenceRecord> records = await repository.ReadEvidenceAsync(default);
        Assert.Equal((first!.Hash, second!.Hash), (records[1].Hash, records[2].Hash));
        Assert.Equal(("dedup.yaml", "ann", "db", EvidenceResult.Failure), (records[1].Object, records[1].Actor, records[2].Object, records[2].Result));
        Assert.Equivalent(policy, PolicyDetails.TryRead(records[1]), strict: true);
        Assert.Equivalent(drill, DrillDetails.TryRead(records[2]), strict: true);
        Assert.Null(PolicyDetails.TryRead(records[2]));
        Assert.Null(DrillDetails.TryRead(records[0]));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_is_doubtful_and_one_that_is_right_again_is_not()
    {
        await _scene.BackUpAsync();
        _scene.Time.Now -= TimeSpan.FromDays(400);
        await _scene.BackUpAsync();
        _scene.Time.Now += TimeSpan.FromDays(401);
        await _scene.BackUpAsync();
        IReadOnlyList<EvidenceRecord> records = [.. (await _scene.ReadAsync()).OrderBy(record => record.Number)];
        Assert.Equal([false, true, false], records.Select(record => record.IsClockDoubtful));
        Assert.Empty((await _scene.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_clock_before_the_making_of_the_repository_is_doubtful_in_the_very_first_record()
    {
        _scene.Time.Now = DateTimeOffset.UnixEpoch;
        await _scene.BackUpAsync();
        Assert.True((await _scene.ReadAsync()).Single().IsClockDoubtful);
    }

    [Fact]
    public async Task A_record_that_is_too_large_is_refused_before_anything_is_written()
    {
        await using Repository repository = await _scene.OpenAsync();
        EvidenceEntry entry = new()
        {
            Action = EvidenceAction.Policy,
            Details = new EvidenceDetails([.. Enumerable.Range(0, 20).Select(_ => EvidenceField.OfText("document", new string('x', 65_536)))]),
        };
        await Assert.ThrowsAsync<ArgumentException>(() => repository.AppendEvidenceAsync(entry, default));
        Assert.Empty(await repository.ReadEvidenceAsync(default));
        await repository.AppendEvidenceAsync(new EvidenceEntry { Action = EvidenceAction.KeyTest, Object = new string('é', 5000) }, default);
        Assert.EndsWith("…", (await repository.ReadEvidenceAsync(default)).Single().Object, StringComparison.Ordinal);
    }

    /// <summary>Repositories of earlier programs: the first deed that changes something begins the record, a check does not.</summary>
    [Fact]
    public async Task A_check_alone_does_not_begin_the_record()
    {
        await using Repository repository = await _scene.OpenAsync();
        Assert.True((await repository.CheckAsync(CheckOptions.Structure, null, default)).IsClean);
        Assert.Empty(await repository.ReadEvidenceAsync(default));
        Assert.Empty((await repository.VerifyEvidenceAsync(default)).Findings);
        await _scene.BackUpAsync();
        await repository.CheckAsync(CheckOptions.Structure, null, default);
        Assert.Equal([EvidenceAction.Backup, EvidenceAction.Check], (await repository.ReadEvidenceAsync(default)).Select(record => record.Action));
    }

    [Fact]
    public async Task A_record_costs_one_request_more_however_long_the_chain()
    {
        CountingStore store = new(_scene.Store);
        List<long> counts = [];
        for (int i = 0; i < 40; i++)
        {
            StoreTraffic before = store.Traffic;
            await _scene.BackUpAsync(store);
            StoreTraffic traffic = store.Traffic.Since(before);
            counts.Add(Enum.GetValues<StoreRequestKind>().Sum(kind => traffic.Count(kind, "evidence")));
        }

        // The first looks for the end of the chain.
        Assert.Equal([2, .. Enumerable.Repeat(1L, 39)], counts);
    }

    [Fact]
    public async Task A_replica_gets_the_same_records_and_keeps_a_chain_of_its_own_for_what_is_done_with_it()
    {
        await _scene.BackUpAsync();
        await _scene.BackUpAsync();
        await using MemoryStore replica = new();
        Replicator replicator = new(_scene.Store, replica, new ReplicationOptions { Verify = true });
        ReplicationReport report = await replicator.RunAsync(null, default);
        Assert.Empty(report.Problems);
        await using (Repository repository = await _scene.OpenAsync())
        {
            await repository.RecordReplicationAsync("/mnt/replica", report, TimeSpan.FromSeconds(3), default);
        }

        string cache = _scene.Repository.NewFolder();
        await using Repository copy = await _scene.OpenAsync(replica, cache);
        Assert.True((await copy.CheckAsync(CheckOptions.Everything, null, default)).IsClean);
        Assert.True((await copy.CheckAsync(CheckOptions.Everything, null, default)).IsClean);
        await _scene.BackUpAsync();
        Assert.Empty((await replicator.RunAsync(null, default)).Problems);

        EvidenceVerification verification = await copy.VerifyEvidenceAsync(default);
        Assert.Empty(verification.Findings);
        Assert.Equal([4L, 2L], verification.Chains.Select(chain => chain.Records));
        Assert.Equal(0UL, verification.Chains[0].Chain);
        Assert.Equal(
            (await _scene.ReadAsync()).Select(record => record.Hash),
            (await copy.ReadEvidenceAsync(default)).Where(record => record.Chain == 0).Select(record => record.Hash));

        // Back again: the repository learns what was done with its replica, and its own chain goes on.
        Assert.Empty((await new Replicator(replica, _scene.Store, new ReplicationOptions()).RunAsync(null, default)).Problems);
        await _scene.BackUpAsync();
        verification = await _scene.VerifyAsync(cache: _scene.Repository.NewFolder());
        Assert.Empty(verification.Findings);
        Assert.Equal([5L, 2L], verification.Chains.Select(chain => chain.Records));
    }

    [Fact]
    public async Task Nothing_that_deletes_takes_a_record()
    {
        SnapshotId first = (await _scene.BackUpAsync()).Snapshot.Id;
        await _scene.BackUpAsync();
        await using MemoryStore replica = new();
        await new Replicator(_scene.Store, replica, new ReplicationOptions()).RunAsync(null, default);
        await using Repository copy = await _scene.OpenAsync(replica, _scene.Repository.NewFolder());
        await copy.CheckAsync(CheckOptions.Structure, null, default);
        await using Repository repository = await _scene.OpenAsync();
        await repository.ForgetAsync(first, "", default);
        await repository.PruneAsync(new PruneOptions { AllowLargeDeletion = true }, null, default);
        await new Replicator(_scene.Store, replica, new ReplicationOptions { PruneTarget = true, AllowLargeDeletion = true }).RunAsync(null, default);
        Assert.Equal(4, (await repository.ReadEvidenceAsync(default)).Count);
        Assert.Equal(5, (await copy.ReadEvidenceAsync(default)).Count);
        Assert.Empty((await copy.VerifyEvidenceAsync(default)).Findings);
    }
}
