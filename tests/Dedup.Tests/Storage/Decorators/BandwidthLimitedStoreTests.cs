using System.Collections.Concurrent;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class BandwidthLimitedStoreTests
{
    private const int KiB = 1024, Rate = 1000 * KiB;

    private static readonly ObjectName Large = ObjectName.Parse("packs/large");

    private readonly MemoryStore _memory = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 3)]
    [InlineData(16, 4)]
    public async Task Over_any_two_and_a_half_seconds_a_download_keeps_within_5_percent_of_its_limit(int workers, int seed)
    {
        SimulatedTimeProvider time = new(workers);
        ConcurrentQueue<(TimeSpan At, int Bytes)> passed = new();
        await _memory.PutIfAbsentAsync(Large, new byte[8 << 20], default);
        BandwidthLimitedStore store = new(new WatchedStore(_memory, bytes => passed.Enqueue((time.Elapsed, bytes))), null, Limit("1000"), time);

        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            Random random = new(seed + (1000 * worker));
            while (time.Elapsed < TimeSpan.FromSeconds(20))
            {
                byte[] range = new byte[1 << random.Next(22)];
                Assert.Equal(range.Length, await store.ReadAsync(Large, random.Next(1 << 22), range, default));
            }

            time.Leave();
        })));

        TimeSpan window = TimeSpan.FromSeconds(2.5);
        (TimeSpan At, int Bytes)[] all = [.. passed.OrderBy(pass => pass.At)];
        for (TimeSpan start = TimeSpan.Zero; start + window <= TimeSpan.FromSeconds(20); start += TimeSpan.FromMilliseconds(50))
        {
            long bytes = all.Where(pass => pass.At > start && pass.At <= start + window).Sum(pass => (long)pass.Bytes);
            Assert.InRange(bytes, Rate * 2.5 * 0.95, Rate * 2.5 * 1.05);
        }
    }

    [Fact]
    public async Task A_large_read_goes_in_slices_of_an_eighth_of_a_second()
    {
        SimulatedTimeProvider time = new();
        await _memory.PutIfAbsentAsync(Large, new byte[4 * Rate], default);
        CountingStore counting = new(_memory);
        BandwidthLimitedStore store = new(counting, null, Limit("1000"), time);
        byte[] range = new byte[4 * Rate];
        Assert.Equal(range.Length, await store.ReadAsync(Large, 0, range, default));
        Assert.Equal(TimeSpan.FromSeconds(4), time.Elapsed);
        Assert.Equal(32, counting.Traffic.Count(StoreRequestKind.Read));
    }

    [Fact]
    public async Task Puts_and_uploads_share_one_limit_and_reads_have_their_own()
    {
        SimulatedTimeProvider time = new();
        BandwidthLimitedStore store = new(_memory, Limit("1000"), Limit("2000"), time);
        await store.PutIfAbsentAsync(Large, new byte[2 * Rate], default);
        Assert.Equal(TimeSpan.FromSeconds(2), time.Elapsed);

        await using IObjectUpload upload = await store.BeginUploadAsync(default);
        await upload.AppendAsync(new byte[Rate], default);
        Assert.Equal(TimeSpan.FromSeconds(3), time.Elapsed);
        Assert.True(await upload.PublishAsync(ObjectName.Parse("packs/b2"), default));
        Assert.Equal(TimeSpan.FromSeconds(3), time.Elapsed);

        Assert.Equal(2 * Rate, await store.ReadAsync(Large, 0, new byte[2 * Rate], default));

        // What the bucket held is an eighth of a second.
        Assert.Equal(TimeSpan.FromSeconds(4 - 0.125), time.Elapsed);
    }

    [Fact]
    public async Task A_timetable_changes_the_limit_in_the_middle_of_an_object()
    {
        SimulatedTimeProvider time = new();
        BandwidthLimitedStore store = new(_memory, Limit("00:00-00:01=1000,00:01-00:02=100"), null, time);
        await store.PutIfAbsentAsync(Large, new byte[(60 * Rate) + (60 * Rate / 10) + (10 * Rate)], default);
        Assert.InRange(time.Elapsed.TotalSeconds, 120, 120.25);
    }

    [Fact]
    public async Task A_timetable_is_of_local_time()
    {
        SimulatedTimeProvider time = new(zone: TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(5), "east", "east"));
        BandwidthLimitedStore store = new(_memory, Limit("05:00-06:00=1000"), null, time);
        await store.PutIfAbsentAsync(Large, new byte[4 * Rate], default);
        Assert.Equal(TimeSpan.FromSeconds(4), time.Elapsed);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled_and_nothing_was_done()
    {
        using CancellationTokenSource cancellation = new();

        // Of two workers one never waits: the clock stands still.
        BandwidthLimitedStore store = new(_memory, Limit("1"), null, new SimulatedTimeProvider(workers: 2));
        Task<bool> put = store.PutIfAbsentAsync(Large, new byte[Rate], cancellation.Token).AsTask();
        Assert.False(put.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        Assert.Null(await _memory.InfoAsync(Large, default));
    }

    private static BandwidthLimit Limit(string text) =>
        BandwidthLimit.TryParse(text, out BandwidthLimit? limit, out string? error) ? limit : throw new ArgumentException(error, nameof(text));
}
