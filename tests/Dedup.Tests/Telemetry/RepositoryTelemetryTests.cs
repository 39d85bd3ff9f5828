using System.Diagnostics;
using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Telemetry;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Telemetry;

/// <summary>What a host's dashboards show is what was done.</summary>
public sealed class RepositoryTelemetryTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly TelemetryRecorder _recorder = new();
    private readonly CountingStore _store = new(new MemoryStore());

    [Fact]
    public async Task Each_operation_is_a_span_with_what_its_report_says()
    {
        await using Repository repository = await OpenAsync();
        BackupResult backup = await repository.BackupAsync(Source());
        RestoreResult restore = await repository.RestoreAsync(backup.Snapshot.Id, _scratch["target"]);
        CheckReport check = await repository.CheckAsync(CheckOptions.Everything);
        PruneReport prune = await repository.PruneAsync();

        IReadOnlyList<Activity> spans = _recorder.Spans(repository);
        Assert.Equal(["dedup.backup", "dedup.restore", "dedup.check", "dedup.prune"], spans.Select(static span => span.OperationName));
        Assert.All(spans, static span => Assert.Equal("success", span.GetTagItem(TelemetryNames.OutcomeTag)));
        Assert.Equal(
            [(backup.Snapshot.Statistics.BytesRead, backup.Snapshot.Statistics.DataAddedPacked), (0L, restore.BytesWritten), (check.BytesRead, 0L), (0L, prune.BytesWritten)],
            spans.Select(static span => ((long)span.GetTagItem(TelemetryNames.BytesRead)!, (long)span.GetTagItem(TelemetryNames.BytesWritten)!)));
        Assert.All(spans.Take(2), span => Assert.Equal(backup.Snapshot.Id.ToString(), span.GetTagItem(TelemetryNames.SnapshotTag)));
        Assert.Equal(300_000L, backup.Snapshot.Statistics.BytesRead);
        Assert.Equal([300_000.0], _recorder.Values(repository, TelemetryNames.BytesRead, (TelemetryNames.OperationTag, "backup")));
        Assert.Equal([restore.BytesWritten], _recorder.Values(repository, TelemetryNames.BytesWritten, (TelemetryNames.OperationTag, "restore")));
        Assert.Single(_recorder.Values(repository, TelemetryNames.OperationDuration, (TelemetryNames.OperationTag, "check"), (TelemetryNames.OutcomeTag, "success")));
    }

    [Fact]
    public async Task Every_request_to_the_store_is_counted_and_every_byte()
    {
        await using Repository repository = await OpenAsync();
        StoreTraffic before = _store.Traffic;
        BackupResult backup = await repository.BackupAsync(Source());
        await repository.RestoreAsync(backup.Snapshot.Id, _scratch["target"]);
        await repository.ForgetAsync(backup.Snapshot.Id, "test");
        StoreTraffic traffic = _store.Traffic.Since(before);

        Assert.Equal(traffic.BytesSent, _recorder.Values(repository, TelemetryNames.StoreSent).Sum());
        Assert.Equal(traffic.BytesFetched, _recorder.Values(repository, TelemetryNames.StoreFetched).Sum());
        foreach ((StoreRequestKind kind, string name) in new[]
        {
            (StoreRequestKind.Put, "put"), (StoreRequestKind.Read, "read"), (StoreRequestKind.List, "list"), (StoreRequestKind.Info, "info"), (StoreRequestKind.Delete, "delete"),
        })
        {
            Assert.True(traffic.Count(kind) > 0 || kind == StoreRequestKind.Info);
            Assert.Equal(traffic.Count(kind), _recorder.Values(repository, TelemetryNames.StoreRequestDuration, (TelemetryNames.RequestTag, name)).Count);
        }
    }

    [Fact]
    public async Task A_failure_and_a_cancellation_are_told_as_what_they_are()
    {
        await using Repository repository = await OpenAsync();
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => repository.RestoreAsync(default, _scratch["target"]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => repository.BackupAsync(Source(), cancellationToken: new CancellationToken(canceled: true)));

        IReadOnlyList<Activity> spans = _recorder.Spans(repository);
        Assert.Equal(["failure", "cancelled"], spans.Select(static span => span.GetTagItem(TelemetryNames.OutcomeTag)));
        Assert.Equal(ActivityStatusCode.Error, spans[0].Status);
        Assert.Equal(typeof(SnapshotNotFoundException).FullName, spans[0].GetTagItem("error.type"));
        Assert.Single(_recorder.Values(repository, TelemetryNames.OperationDuration, (TelemetryNames.OutcomeTag, "cancelled")));
    }

    [Fact]
    public async Task A_request_that_fails_is_counted_as_failed()
    {
        FaultyStore faulty = new(_store);
        TestRepository made = await TestRepository.MakeAsync(faulty, _scratch.Path);
        await using Repository repository = await made.OpenAsync(faulty);
        faulty.FailMutation(faulty.Mutations + 1, new StoreFault(FaultMoment.Before, IsFatal: true));
        await Assert.ThrowsAsync<StoreException>(() => repository.BackupAsync(Source()));
        Assert.NotEmpty(_recorder.Values(repository, TelemetryNames.StoreRequestDuration, (TelemetryNames.OutcomeTag, "failure")));
    }

    [Fact]
    public async Task What_a_backup_left_out_makes_it_incomplete_and_a_dry_run_tells_nothing()
    {
        await using Repository repository = await OpenAsync();
        await repository.BackupAsync(Source(), new BackupOptions { IsDryRun = true });
        MemoryDirectory root = new();
        root.File("secret", "x").Failure = new Dedup.Sources.SourceException("secret", "permission denied");
        await repository.BackupAsync(new MemorySource(root), new BackupOptions { AllowEmptySource = true });
        Activity span = Assert.Single(_recorder.Spans(repository));
        Assert.Equal("incomplete", span.GetTagItem(TelemetryNames.OutcomeTag));
        Assert.Equal(1L, span.GetTagItem(TelemetryNames.ProblemsTag));
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _scratch.Dispose();
    }

    private static MemorySource Source()
    {
        byte[] content = new byte[300_000];
        new Random(7).NextBytes(content);
        MemoryDirectory root = new();
        root.File("data", content);
        return new MemorySource(root);
    }

    private async Task<Repository> OpenAsync() => await (await TestRepository.MakeAsync(_store, _scratch.Path)).OpenAsync(_store);
}
