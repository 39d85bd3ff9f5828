using Dedup.Replication;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Replication;

/// <summary>
/// A replication into a folder is killed after each system call that changes the folder, and the power fails there: whatever the replica lists is whole, and the next one completes it.
/// </summary>
public sealed class ReplicationDiskTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Mirrored = ["keys", "packs", "index", "snapshots"];

    private ReplicaScene _scene = null!;
    private StoreContent _older = null!;

    public async Task InitializeAsync() => (_scene, _older) = await ReplicaScene.MakeLivedAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_call_is_the_last_the_replica_is_whole_and_the_next_one_completes_it(bool isNew)
    {
        StoreContent before = await BeforeAsync(isNew);
        ReplicationOptions options = Options(isNew);
        DiskHistory history = await DiskHistory.RecordAsync(_scene.Test.NewFolder(), before, async store => Assert.Empty((await _scene.ReplicateAsync(options, target: store)).Problems));
        foreach (CrashState state in history.States())
        {
            await JudgeAsync(state.Content.ToStore(), options, state.IsAcknowledged, state.Point);
        }

        Assert.True(history.Calls > 20);
        output.WriteLine($"seed {DiskHistory.Seed}, {(isNew ? "a new replica" : "deleting")}: {history}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_call_fails_the_replica_is_whole_and_the_next_one_completes_it(bool isNew)
    {
        StoreContent before = await BeforeAsync(isNew);
        ReplicationOptions options = Options(isNew);
        int call = 1;
        for (bool isMet = true; isMet; call++)
        {
            FailingDisk disk = new() { FailAt = call, Error = Errno.NoSpace, StaysBroken = call % 2 == 0 };
            string folder = Directory.CreateDirectory(_scene.Test.NewFolder()).FullName;
            before.WriteTo(folder);
            Exception? failure = await Record.ExceptionAsync(async () =>
            {
                await using LocalStore store = new(folder, disk);
                await _scene.ReplicateAsync(options, target: store);
            });
            isMet = disk.Failed is not null;
            Assert.True(failure is null || (isMet && failure is StoreException && failure.Message.Contains("disk is full", StringComparison.Ordinal)), failure?.ToString());
            await using LocalStore left = new(folder);
            await JudgeAsync((await StoreContent.ReadAsync(left)).ToStore(), options, isDone: false, $"call {call}, {disk.Failed}");
        }

        Assert.True(call > 20);
        output.WriteLine($"{call - 2} calls failed in turn");
    }

    private static ReplicationOptions Options(bool isNew) => new() { PruneTarget = !isNew, AllowLargeDeletion = true, Concurrency = 1 };

    /// <summary>What the replica holds before: nothing, or what the repository held before its prune.</summary>
    private async Task<StoreContent> BeforeAsync(bool isNew)
    {
        MemoryStore replica = new();
        if (!isNew)
        {
            await _scene.ReplicateAsync(source: _older.ToStore(), target: replica);
        }

        return await StoreContent.ReadAsync(replica);
    }

    private async Task JudgeAsync(MemoryStore target, ReplicationOptions options, bool isDone, string point)
    {
        try
        {
            if (await Repository.ExistsAsync(target, CancellationToken.None))
            {
                await _scene.RequireWholeAsync(target);
            }

            if (!isDone)
            {
                Assert.Empty((await _scene.ReplicateAsync(options, target: target)).Problems);
            }

            Assert.Equal(2, await _scene.RequireWholeAsync(target));
            StoreContent source = await StoreContent.ReadAsync(_scene.Source), replica = await StoreContent.ReadAsync(target);
            Assert.All(Mirrored, folder => Assert.Equal(source.In(folder), replica.In(folder)));
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{point}: {exception.Message}", exception);
        }
    }
}
