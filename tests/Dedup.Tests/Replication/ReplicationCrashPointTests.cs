using Dedup.Replication;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Replication;

/// <summary>
/// Replications are stopped before and after each change that they make to the target, fail there, leave half an object there, and make the change twice.
/// After each, all snapshots that the replica lists restore and a check finds nothing; the next replication completes it.
/// </summary>
public sealed class ReplicationCrashPointTests(ITestOutputHelper output) : IAsyncLifetime
{
    private ReplicaScene _scene = null!;
    private StoreContent _older = null!;

    public async Task InitializeAsync() => (_scene, _older) = await ReplicaScene.MakeLivedAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(FaultMoment.Before, true)]
    [InlineData(FaultMoment.Before, false)]
    [InlineData(FaultMoment.After, true)]
    [InlineData(FaultMoment.After, false)]
    [InlineData(FaultMoment.Torn, true)]
    [InlineData(FaultMoment.Cut, true)]
    [InlineData(FaultMoment.Twice, false)]
    public async Task Wherever_it_ends_the_replica_is_whole_and_the_next_one_completes_it(FaultMoment moment, bool isFatal)
    {
        foreach (bool isNew in (bool[])[true, false])
        {
            StoreContent before = new();
            if (!isNew)
            {
                MemoryStore replica = new();
                await _scene.ReplicateAsync(source: _older.ToStore(), target: replica);
                before = await StoreContent.ReadAsync(replica);
            }

            long ordinal = 1;
            while (await BreakAsync(before, ordinal, new StoreFault(moment, IsFatal: isFatal), isNew))
            {
                ordinal++;
            }

            Assert.True(ordinal > 5);
            output.WriteLine($"{moment}{(isFatal ? " and nothing after it" : "")}, {(isNew ? "a new replica" : "deleting")}: {ordinal - 1} changes");
        }
    }

    /// <returns>Whether the replication met the fault.</returns>
    private async Task<bool> BreakAsync(StoreContent before, long ordinal, StoreFault fault, bool isNew)
    {
        MemoryStore target = before.ToStore();
        FaultyStore faulty = new(target);
        faulty.FailMutation(ordinal, fault);
        ReplicationOptions options = new() { PruneTarget = !isNew, AllowLargeDeletion = true, Concurrency = 1 };
        bool isDone = true;
        try
        {
            await _scene.ReplicateAsync(options, target: faulty);
        }
        catch (StoreException)
        {
            isDone = false;
        }

        bool isMet = faulty.Mutations >= ordinal;
        string point = $"change {ordinal} {fault.Moment} {faulty.CutObject}";
        Assert.True(isDone == (!isMet || fault.Moment == FaultMoment.Twice), $"{point}: done is {isDone}");
        Assert.Equal(0, faulty.OpenUploads);
        try
        {
            await GoOnAsync(target, options, isMet ? faulty.CutObject?.Value : null, isNew);
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{point}: {exception.Message}", exception);
        }

        return isMet;
    }

    private async Task GoOnAsync(MemoryStore target, ReplicationOptions options, string? cut, bool isNew)
    {
        if (cut == "config")
        {
            await Assert.ThrowsAsync<ReplicationRefusedException>(() => _scene.ReplicateAsync(options, target: target));
            return;
        }

        // Without a config there is no repository yet.
        if (await Repository.ExistsAsync(target, CancellationToken.None))
        {
            await _scene.RequireWholeAsync(target, except: cut);
        }

        ReplicationReport next = await _scene.ReplicateAsync(options, target: target);
        if (cut is not null && cut != "evidence/chain")
        {
            Assert.Contains(next.Problems, problem => problem.ObjectName == cut || problem.ObjectName == cut.Replace("swept/", "gc/", StringComparison.Ordinal));
            await _scene.RequireWholeAsync(target, except: cut);
            return;
        }

        Assert.Empty(next.Problems);
        Assert.Equal(2, await _scene.RequireWholeAsync(target));
        StoreContent source = await StoreContent.ReadAsync(_scene.Source), replica = await StoreContent.ReadAsync(target);
        foreach (string folder in (string[])["keys", "packs", "index", "snapshots"])
        {
            Assert.Equal(source.In(folder), replica.In(folder));
        }
    }
}
