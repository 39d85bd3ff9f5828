using Dedup.Backup;
using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Recording;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dedup.Tests.Recording;

/// <summary>Whatever fails or ends between a deed and its record, the deed stands and the record comes.</summary>
public sealed class EvidenceCrashTests : IAsyncLifetime
{
    private EvidenceScene _scene = null!;

    public async Task InitializeAsync() => _scene = await EvidenceScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_backup_whose_record_cannot_be_written_succeeds_and_says_so_loudly_and_the_next_one_records_it()
    {
        await _scene.BackUpAsync();
        HookedStore broken = new(_scene.Store, (operation, name) =>
            operation == StoreOperation.Put && name.StartsWith("evidence/", StringComparison.Ordinal) ? throw new StoreException("the store is full") : Task.CompletedTask);
        RecordingLog log = new();
        BackupResult unrecorded = await _scene.BackUpAsync(broken, log: log);
        Assert.True(unrecorded.IsCommitted);
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Error && line.Message.Contains("NO RECORD", StringComparison.Ordinal) && line.Message.Contains("the store is full", StringComparison.Ordinal));
        Assert.Single(await _scene.ReadAsync());

        BackupResult next = await _scene.BackUpAsync();
        IReadOnlyList<EvidenceRecord> records = await _scene.ReadAsync();
        Assert.Equal([unrecorded.Snapshot.Id.ToString(), next.Snapshot.Id.ToString()], records.Skip(1).Select(record => record.Object));
        Assert.Equal([false, true, false], records.Select(record => record.IsLate));
        Assert.Equal(unrecorded.Snapshot.Time, records[1].Time);
        Assert.Empty((await _scene.VerifyAsync()).Findings);
    }

    /// <summary>The reply is lost: the record is there, and the machine does not know.</summary>
    [Fact]
    public async Task A_record_whose_reply_was_lost_counts_once()
    {
        await _scene.BackUpAsync();
        bool isLost = true;
        LossyStore lossy = new(_scene.Store, name => isLost && name.StartsWith("evidence/", StringComparison.Ordinal));
        await _scene.BackUpAsync(lossy);
        isLost = false;
        await _scene.BackUpAsync(lossy);
        Assert.Equal(3, (await _scene.ReadAsync()).Count);
        EvidenceVerification verification = await _scene.VerifyAsync();
        Assert.Empty(verification.Findings);
        Assert.Equal(4, verification.Records);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_backup_whose_process_died_is_recorded_by_the_next_one_as_the_store_tells_how_it_ended(bool wasCommitted)
    {
        await _scene.BackUpAsync();
        await using Repository repository = await _scene.OpenAsync();
        SnapshotId id = SnapshotId.Generate();
        if (wasCommitted)
        {
            // A backup of which everything is there but the record.
            BackupResult result = await _scene.BackUpAsync(new HookedStore(_scene.Store, (operation, name) =>
                operation == StoreOperation.Put && name.StartsWith("evidence/", StringComparison.Ordinal) ? throw new StoreException("no") : Task.CompletedTask), _scene.Repository.NewFolder());
            id = result.Snapshot.Id;
        }

        Keep(repository, EvidenceAction.Backup, id.ToString(), DeadProcess);
        Keep(repository, EvidenceAction.Prune, "", RunningProcess.Current);
        await _scene.BackUpAsync();
        IReadOnlyList<EvidenceRecord> records = await _scene.ReadAsync();
        EvidenceRecord late = Assert.Single(records, record => record.IsLate);
        Assert.Equal((id.ToString(), wasCommitted ? EvidenceResult.Success : EvidenceResult.Interrupted), (late.Object, late.Result));

        // What another process still does is not touched.
        Assert.DoesNotContain(records, record => record.Action == EvidenceAction.Prune);
        Assert.Empty((await _scene.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_snapshot_whose_machine_was_lost_before_it_could_record_it_is_noticed_by_all_others()
    {
        await _scene.BackUpAsync();
        HookedStore broken = new(_scene.Store, (operation, name) =>
            operation == StoreOperation.Put && name.StartsWith("evidence/", StringComparison.Ordinal) ? throw new StoreException("no") : Task.CompletedTask);
        BackupResult unrecorded = await _scene.BackUpAsync(broken, _scene.Repository.NewFolder());
        Assert.Empty((await _scene.VerifyAsync()).Findings);
        _scene.Time.Now += TimeSpan.FromHours(1);
        EvidenceVerification verification = await _scene.VerifyAsync();
        EvidenceFinding finding = Assert.Single(verification.Findings);
        Assert.Equal((EvidenceFindingKind.Unrecorded, $"snapshots/{unrecorded.Snapshot.Id}"), (finding.Kind, finding.ObjectName));
        Assert.True(verification.IsIntact);
        Assert.False(verification.IsComplete);
    }

    /// <summary>Every request of a backup fails once; the snapshots that are there in the end are all on record, as what they are.</summary>
    [Fact]
    public async Task Whichever_request_fails_no_snapshot_is_left_without_a_record()
    {
        await _scene.BackUpAsync();
        StoreContent content = await StoreContent.ReadAsync(_scene.Store);
        bool hasFailed = true;
        for (int failing = 0; hasFailed; failing++)
        {
            MemoryStore store = content.ToStore();
            string cache = _scene.Repository.NewFolder();
            int count = 0;
            hasFailed = false;
            HookedStore hooked = new(store, (_, _) =>
            {
                hasFailed |= count == failing;
                return count++ == failing ? throw new StoreException("it fails") : Task.CompletedTask;
            });
            try
            {
                await _scene.BackUpAsync(hooked, cache);
            }
            catch (StoreException)
            {
                // What was committed all the same must be on record in the end.
            }

            await _scene.BackUpAsync(store, cache);
            _scene.Time.Now += TimeSpan.FromHours(1);
            Assert.Empty((await _scene.VerifyAsync(store, cache)).Findings);
            HashSet<string> recorded =
            [
                .. (await _scene.ReadAsync(store)).Where(record => record.Result == EvidenceResult.Success).Select(record => record.Object),
            ];
            Assert.All(await _scene.Repository.SnapshotsAsync(store), snapshot => Assert.Contains(snapshot.Id.ToString(), recorded));
        }
    }

    [Fact]
    public async Task Many_writers_at_once_all_get_their_record_in()
    {
        const int writers = 6, records = 15;
        await _scene.BackUpAsync();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            string cache = _scene.Repository.NewFolder();
            await using Repository repository = await _scene.OpenAsync(cache: cache);
            for (int i = 0; i < records; i++)
            {
                Assert.NotNull(await repository.AppendEvidenceAsync(new EvidenceEntry { Action = EvidenceAction.KeyTest, Object = $"{writer}/{i}" }, default));
            }
        })));
        IReadOnlyList<EvidenceRecord> all = await _scene.ReadAsync();
        Assert.Equal(1 + (writers * records), all.Select(record => record.Object).Distinct().Count());
        EvidenceVerification verification = await _scene.VerifyAsync();
        Assert.Empty(verification.Findings);
        Assert.Equal(1 + (writers * records), verification.Chains.Single().LastNumber);
    }

    [Fact]
    public async Task A_damaged_record_at_the_end_does_not_keep_the_next_from_being_written()
    {
        await _scene.BackUpAsync();
        await _scene.Store.PutIfAbsentAsync(RepositoryObjects.EvidenceRecord(0, 2), new byte[3 << 20], default);
        await _scene.BackUpAsync();
        await _scene.BackUpAsync(cache: _scene.Repository.NewFolder());
        EvidenceVerification verification = await _scene.VerifyAsync();
        Assert.Equal(EvidenceFindingKind.Damaged, Assert.Single(verification.Findings).Kind);
        Assert.Equal((3L, 4L), (verification.Chains.Single().Records, verification.Chains.Single().LastNumber));
    }

    private static ProcessIdentity DeadProcess => RunningProcess.Current with { Id = int.MaxValue };

    /// <summary>What a process leaves on this machine that ended in the middle.</summary>
    private void Keep(Repository repository, EvidenceAction action, string @object, ProcessIdentity process)
    {
        using RepositoryKeys keys = _scene.Repository.Keys(repository);
        using EvidenceRecorder recorder = new(_scene.Store, keys, repository.CacheDirectory, 0, _scene.Time, NullLogger.Instance);
        EvidenceDeed deed = recorder.Begin(new EvidenceEntry { Action = action, Object = @object });
        new EvidenceLedger(repository.CacheDirectory, keys.Repository, _scene.Store.Location).Keep(deed.Operation, DeedMemory.Seal(deed, process, keys));
    }
}
