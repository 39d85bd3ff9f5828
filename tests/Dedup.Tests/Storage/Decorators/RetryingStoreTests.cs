using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class RetryingStoreTests
{
    private static readonly ObjectName Name = ObjectName.Parse("packs/a1");
    private static readonly byte[] Content = [1, 2, 3];

    private readonly SimulatedTimeProvider _time = new();
    private readonly MemoryStore _memory = new();
    private readonly List<string> _notes = [];

    [Fault(35)]
    [Theory]
    [InlineData(FaultMoment.Before)]
    [InlineData(FaultMoment.After)]
    public async Task A_put_that_failed_for_a_while_is_done_again(FaultMoment moment)
    {
        FaultyStore faulty = new(_memory);
        faulty.FailMutation(1, new StoreFault(moment, IsTransient: true));
        faulty.FailMutation(2, new StoreFault(FaultMoment.Before, IsTransient: true));
        RetryingStore store = Over(faulty);

        // When only the reply was lost the name is taken: by this very content.
        Assert.Equal(moment == FaultMoment.Before, await store.PutIfAbsentAsync(Name, Content, default));
        Assert.Equal(Content, await ReadAsync(store));
        Assert.Equal(3, faulty.Mutations);
        Assert.Equal(2, _notes.Count);
        Assert.Contains("trying again in", _notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultMoment.Before)]
    [InlineData(FaultMoment.After)]
    public async Task An_upload_is_sent_again_whole(FaultMoment moment)
    {
        FaultyStore faulty = new(_memory);
        faulty.FailMutation(1, new StoreFault(moment, IsTransient: true));
        RetryingStore store = Over(faulty);
        byte[] content = new byte[3 << 20];
        new Random(7).NextBytes(content);

        await using IObjectUpload upload = await store.BeginUploadAsync(default);
        for (int offset = 0; offset < content.Length; offset += 1 << 18)
        {
            await upload.AppendAsync(content.AsMemory(offset, 1 << 18), default);
        }

        Assert.Equal(moment == FaultMoment.Before, await upload.PublishAsync(Name, default));
        byte[] read = new byte[content.Length + 1];
        Assert.Equal(content.Length, await _memory.ReadAsync(Name, 0, read, default));
        Assert.Equal(content, read[..^1]);
        Assert.Equal(0, faulty.Count(StoreOperation.BeginUpload));
    }

    [Fact]
    public async Task A_deletion_whose_reply_was_lost_found_something()
    {
        await _memory.PutIfAbsentAsync(Name, Content, default);
        FaultyStore faulty = new(_memory);
        faulty.FailMutation(1, new StoreFault(FaultMoment.After, IsTransient: true));
        Assert.True(await Over(faulty).DeleteAsync(Name, default));
    }

    [Fact]
    public async Task What_does_not_pass_is_told_at_once()
    {
        FaultyStore faulty = new(_memory);
        faulty.FailMutation(1, new StoreFault(FaultMoment.Before, IsTransient: false));
        RetryingStore store = Over(faulty);
        await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(Name, Content, default));
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await store.ReadAsync(Name, 0, new byte[1], default));
        Assert.Equal(1, faulty.Mutations);
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task After_the_deadline_the_error_says_how_often_and_how_long()
    {
        int calls = 0;
        HookedStore failing = new(_memory, (_, _) => ++calls > 0 ? throw new StoreException("the store is away", isTransient: true) : Task.CompletedTask);
        StoreException exception = await Assert.ThrowsAsync<StoreException>(async () => await Over(failing).InfoAsync(Name, default));

        Assert.Equal($"the store is away (tried {calls} times in 120 s)", exception.Message);
        Assert.True(exception.IsTransient);
        Assert.Equal(RetryingStore.DefaultDeadline, _time.Elapsed);

        // Pauses of 0.125 s at least and 20 s at most.
        Assert.InRange(calls, 10, 25);
    }

    [Fact]
    public async Task Pauses_grow_to_twenty_seconds_and_no_further()
    {
        List<double> moments = [];
        HookedStore failing = new(_memory, (_, _) =>
        {
            moments.Add(_time.Elapsed.TotalSeconds);
            throw new StoreException("the store is away", isTransient: true);
        });
        RetryingStore store = new(failing, TimeSpan.FromMinutes(10), _time);
        await Assert.ThrowsAsync<StoreException>(async () => await store.InfoAsync(Name, default));

        // The last one ends at the deadline.
        double[] pauses = [.. moments.Zip(moments.Skip(1), static (from, to) => to - from).SkipLast(1)];
        Assert.InRange(pauses[0], 0.125, 0.25);
        Assert.All(pauses.Take(7).Index(), pause => Assert.InRange(pause.Item, 0.125 * (1 << pause.Index), 0.25 * (1 << pause.Index)));
        Assert.All(pauses.Skip(7), pause => Assert.InRange(pause, 10, 20));
        Assert.True(pauses.Length > 30, $"{pauses.Length} pauses");
    }

    [Fact]
    public async Task A_deadline_of_zero_tries_once()
    {
        int calls = 0;
        HookedStore failing = new(_memory, (_, _) => ++calls > 0 ? throw new StoreException("the store is away", isTransient: true) : Task.CompletedTask);
        RetryingStore store = new(failing, TimeSpan.Zero, _time);
        StoreException exception = await Assert.ThrowsAsync<StoreException>(async () => await store.InfoAsync(Name, default));
        Assert.Equal("the store is away", exception.Message);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_try_that_takes_longer_than_the_deadline_is_repeated_all_the_same()
    {
        int calls = 0;
        HookedStore slow = new(_memory, async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(10), _time);
            if (++calls == 1)
            {
                throw new StoreException("the line broke", isTransient: true);
            }
        });
        Assert.True(await Over(slow).PutIfAbsentAsync(Name, Content, default));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Cancelling_ends_a_pause()
    {
        using CancellationTokenSource cancellation = new();
        HookedStore failing = new(_memory, (_, _) => throw new StoreException("the store is away", isTransient: true));

        // A clock that stands still as far as timers go: the second worker never waits.
        RetryingStore store = new(failing, TimeSpan.FromDays(1), new SimulatedTimeProvider(workers: 2), _ => cancellation.CancelAfter(0));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.InfoAsync(Name, cancellation.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(3000)]
    public async Task A_listing_that_breaks_off_goes_on_without_repeating(int breaksAfter)
    {
        for (int i = 0; i < 3000; i++)
        {
            await _memory.PutIfAbsentAsync(ObjectName.Parse($"packs/{i:x8}"), Content, default);
        }

        BreakingListingStore breaking = new(_memory, breaksAfter, breaks: 3);
        List<string> names = [];
        await foreach (ObjectInfo info in Over(breaking).ListAsync("packs", default))
        {
            names.Add(info.Name.Value);
        }

        Assert.Equal(4, breaking.Listings);
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"packs/{i:x8}"), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_repository_is_made_whichever_reply_is_lost()
    {
        // The probe's writes and deletions, the key, the config and the record of all that.
        const int mutations = 33;
        using ScratchDirectory scratch = new();
        for (int lost = 1; lost <= mutations; lost++)
        {
            FaultyStore faulty = new(new MemoryStore());
            faulty.FailMutation(lost, new StoreFault(FaultMoment.After, IsTransient: true));
            RetryingStore store = new(faulty, RetryingStore.DefaultDeadline, new SimulatedTimeProvider());
            await (await TestRepository.CreateByPasswordAsync(store, scratch.Path)).DisposeAsync();
            await (await TestRepository.OpenByPasswordAsync(store, scratch.Path)).DisposeAsync();
            Assert.Equal(mutations + 1, faulty.Mutations);
        }
    }

    private RetryingStore Over(IObjectStore inner) => new(inner, RetryingStore.DefaultDeadline, _time, _notes.Add);

    private static async Task<byte[]> ReadAsync(RetryingStore store)
    {
        byte[] read = new byte[10];
        return read[..await store.ReadAsync(Name, 0, read, default)];
    }
}
