using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class CountingStoreTests
{
    private readonly CountingStore _store = new(new MemoryStore());

    [Fact]
    public async Task Requests_and_bytes_are_counted_by_kind_and_folder()
    {
        await _store.PutIfAbsentAsync(ObjectName.Parse("config"), new byte[10], default);
        await using (IObjectUpload upload = await _store.BeginUploadAsync(default))
        {
            await upload.AppendAsync(new byte[600], default);
            await upload.AppendAsync(new byte[400], default);
            await upload.PublishAsync(ObjectName.Parse("packs/a1"), default);
        }

        await using (IObjectUpload given = await _store.BeginUploadAsync(default))
        {
            await given.AppendAsync(new byte[5000], default);
        }

        StoreTraffic before = _store.Traffic;
        await _store.ReadAsync(ObjectName.Parse("packs/a1"), 900, new byte[500], default);
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await _store.ReadAsync(ObjectName.Parse("packs/b2"), 0, new byte[500], default));
        await _store.InfoAsync(ObjectName.Parse("config"), default);
        await _store.DeleteAsync(ObjectName.Parse("packs/a1"), default);

        StoreTraffic after = _store.Traffic;
        Assert.Equal([new StoreRequests(StoreRequestKind.Put, "", 1, 10), new StoreRequests(StoreRequestKind.Put, "packs", 1, 1000)], before.Requests);
        Assert.Equal(
            [
                new StoreRequests(StoreRequestKind.Info, "", 1, 0),
                new StoreRequests(StoreRequestKind.Read, "packs", 2, 100),
                new StoreRequests(StoreRequestKind.Delete, "packs", 1, 0),
            ],
            after.Since(before).Requests);
        Assert.Equal((6, 1010, 100), (after.RequestCount, after.BytesSent, after.BytesFetched));
        Assert.Equal((2, 1), (after.Count(StoreRequestKind.Put), after.Count(StoreRequestKind.Put, "packs")));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(2500, 3)]
    public async Task A_listing_counts_a_request_for_each_thousand_objects(int objects, int expected)
    {
        for (int i = 0; i < objects; i++)
        {
            await _store.PutIfAbsentAsync(ObjectName.Parse($"packs/{i:x4}"), new byte[1], default);
        }

        await foreach (ObjectInfo _ in _store.ListAsync("packs", default))
        {
        }

        Assert.Equal(expected, _store.Traffic.Count(StoreRequestKind.List, "packs"));
    }

    [Fact]
    public async Task Threads_count_without_losing_any()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                await _store.PutIfAbsentAsync(ObjectName.Parse($"packs/{worker}-{i}"), new byte[3], default);
            }
        })));
        Assert.Equal([new StoreRequests(StoreRequestKind.Put, "packs", 8000, 24_000)], _store.Traffic.Requests);
    }
}
