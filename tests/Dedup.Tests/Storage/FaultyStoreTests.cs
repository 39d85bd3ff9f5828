using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Storage;

public sealed class FaultyStoreTests : IAsyncLifetime
{
    private static readonly ObjectName First = ObjectName.Parse("packs/a1");
    private static readonly ObjectName Second = ObjectName.Parse("packs/b2");

    private readonly MemoryStore _inner = new();
    private readonly FaultyStore _store;

    public FaultyStoreTests() => _store = new FaultyStore(_inner);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _inner.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultMoment.Before, false)]
    [InlineData(FaultMoment.After, true)]
    [InlineData(FaultMoment.Torn, false)]
    public async Task The_put_whose_turn_has_come_fails_and_no_other(FaultMoment moment, bool takesEffect)
    {
        _store.FailMutation(2, new StoreFault(moment, IsTransient: true));
        Assert.True(await _store.PutIfAbsentAsync(First, new byte[10], default));
        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await _store.PutIfAbsentAsync(Second, new byte[10], default));
        Assert.True(failure.IsTransient);
        Assert.Equal(takesEffect, await _inner.InfoAsync(Second, default) is { Length: 10 });
        Assert.Equal(!takesEffect, await _store.PutIfAbsentAsync(Second, new byte[10], default));
        Assert.Equal(3, _store.Mutations);
    }

    [Theory]
    [InlineData(FaultMoment.Before, false)]
    [InlineData(FaultMoment.After, true)]
    [InlineData(FaultMoment.Torn, false)]
    public async Task A_failed_publishing_ends_the_upload(FaultMoment moment, bool takesEffect)
    {
        _store.FailMutation(2, new StoreFault(moment));
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        await upload.AppendAsync(new byte[10], default);
        _ = await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(First, default));
        Assert.Equal(takesEffect, await _inner.InfoAsync(First, default) is { Length: 10 });
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.PublishAsync(First, default));
    }

    [Theory]
    [InlineData(FaultMoment.Before, 0)]
    [InlineData(FaultMoment.After, 10)]
    [InlineData(FaultMoment.Torn, 5)]
    public async Task A_failed_append_ends_the_upload_and_nothing_becomes_visible(FaultMoment moment, int length)
    {
        _store.FailMutation(1, new StoreFault(moment));
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        _ = await Assert.ThrowsAsync<StoreException>(async () => await upload.AppendAsync(new byte[10], default));
        Assert.Equal(length, upload.Length);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.AppendAsync(new byte[1], default));
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.PublishAsync(First, default));
        Assert.Empty(await _inner.ListAsync("packs", default).ToListAsync());
    }

    [Theory]
    [InlineData(FaultMoment.Before, true)]
    [InlineData(FaultMoment.After, false)]
    [InlineData(FaultMoment.Torn, true)]
    public async Task A_failed_deletion_took_effect_or_not(FaultMoment moment, bool remains)
    {
        _ = await _inner.PutIfAbsentAsync(First, new byte[10], default);
        _store.FailMutation(1, new StoreFault(moment));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.DeleteAsync(First, default));
        Assert.Equal(remains, await _inner.InfoAsync(First, default) is not null);
    }

    [Fact]
    public async Task After_a_fatal_fault_nothing_is_answered_and_nothing_changes()
    {
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        _store.FailMutation(1, new StoreFault(FaultMoment.After, IsFatal: true));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.PutIfAbsentAsync(First, new byte[10], default));

        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.PutIfAbsentAsync(Second, new byte[10], default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.DeleteAsync(First, default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.ReadAsync(First, 0, new byte[1], default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.InfoAsync(First, default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.ListAsync("packs", default).ToListAsync());
        _ = await Assert.ThrowsAsync<StoreException>(async () => await _store.BeginUploadAsync(default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(Second, default));
        Assert.Equal([new ObjectInfo(First, 10)], await _inner.ListAsync("packs", default).ToListAsync());
    }

    [Fact]
    public async Task Calls_and_bytes_are_counted_by_kind()
    {
        _ = await _store.PutIfAbsentAsync(First, new byte[10], default);
        _ = await _store.ReadAsync(First, 4, new byte[100], default);
        _ = await _store.InfoAsync(First, default);
        _ = await _store.ListAsync("packs", default).ToListAsync();
        await using (IObjectUpload upload = await _store.BeginUploadAsync(default))
        {
            await upload.AppendAsync(new byte[3], default);
            await upload.AppendAsync(new byte[4], default);
            await upload.ReadBackAsync(0, new byte[7], default);
            _ = await upload.PublishAsync(Second, default);
        }

        _ = await _store.DeleteAsync(First, default);
        Assert.Equal([1, 1, 2, 1, 1, 1, 1, 1, 1], Enum.GetValues<StoreOperation>().Select(_store.Count));
        Assert.Equal(5, _store.Mutations);
        Assert.Equal(17, _store.BytesWritten);
        Assert.Equal(13, _store.BytesRead);
    }

    [Fact]
    public async Task Of_many_concurrent_mutations_exactly_those_told_to_fail_fail()
    {
        for (int ordinal = 10; ordinal <= 1000; ordinal += 10)
        {
            _store.FailMutation(ordinal, new StoreFault(FaultMoment.Before));
        }

        int failed = 0;
        await Parallel.ForAsync(0, 1000, async (i, cancellationToken) =>
        {
            try
            {
                _ = await _store.PutIfAbsentAsync(ObjectName.Parse($"packs/{i}"), new byte[1], cancellationToken);
            }
            catch (StoreException)
            {
                _ = Interlocked.Increment(ref failed);
            }
        });
        Assert.Equal(100, failed);
        Assert.Equal(1000, _store.Mutations);
        Assert.Equal(900, (await _inner.ListAsync("packs", default).ToListAsync()).Count);
    }
}
