using Dedup.Storage;
using Xunit;

namespace Dedup.Testing;

/// <summary>The part of <see cref="ObjectStoreContract"/> that is about many callers at once.</summary>
public abstract class ConcurrentStoreContract : ObjectUploadContract
{
    private const int Callers = 16;

    [Fact]
    public async Task Of_16_racing_puts_exactly_one_wins()
    {
        await using IObjectStore other = await OpenAsync();
        for (int round = 0; round < 20; round++)
        {
            string name = $"snapshots/{round}";
            bool[] won = await RaceAsync(async caller =>
                await (caller % 2 == 0 ? Store : other).PutIfAbsentAsync(Name(name), Bytes(1000 + caller, seed: caller), None));

            int winner = Array.IndexOf(won, true);
            Assert.Equal(1, won.Count(w => w));
            Assert.Equal(Bytes(1000 + winner, seed: winner), await ReadAllAsync(name));
        }
    }

    [Fact]
    public async Task Of_16_racing_uploads_exactly_one_wins()
    {
        await using IObjectStore other = await OpenAsync();
        for (int round = 0; round < 20; round++)
        {
            string name = $"snapshots/{round}";
            bool[] won = await RaceAsync(async caller =>
            {
                await using IObjectUpload upload = await (caller % 2 == 0 ? Store : other).BeginUploadAsync(None);
                await upload.AppendAsync(Bytes(1000 + caller, seed: caller), None);
                return await upload.PublishAsync(Name(name), None);
            });

            int winner = Array.IndexOf(won, true);
            Assert.Equal(1, won.Count(w => w));
            Assert.Equal(Bytes(1000 + winner, seed: winner), await ReadAllAsync(name));
        }
    }

    [Fact]
    public async Task Of_racing_deletions_one_finds_the_object()
    {
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(10, seed: 31), None);
        bool[] found = await RaceAsync(async _ => await Store.DeleteAsync(Name("packs/a1"), None));
        Assert.True(!DeleteTells || found.Count(f => f) == 1);
        Assert.Null(await Store.InfoAsync(Name("packs/a1"), None));
    }

    [Fact]
    public async Task An_object_is_seen_whole_or_not_at_all_while_it_is_written()
    {
        byte[] content = Bytes(200_000, seed: 32);
        for (int round = 0; round < 20; round++)
        {
            ObjectName name = Name($"packs/{round}");
            bool[] right = await RaceAsync(async caller =>
            {
                if (caller == 0)
                {
                    return await Store.PutIfAbsentAsync(name, content, None);
                }

                ObjectInfo? info = await Store.InfoAsync(name, None);
                byte[] read = new byte[content.Length];
                return info is null
                    || (info.Value.Length == content.Length
                        && await Store.ReadAsync(name, 0, read, None) == content.Length
                        && read.AsSpan().SequenceEqual(content));
            });
            Assert.All(right, Assert.True);
        }
    }

    [Fact]
    public async Task Concurrent_reads_each_get_their_range()
    {
        byte[] content = Bytes(1 << 20, seed: 33);
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), content, None);
        bool[] right = await RaceAsync(async caller =>
        {
            Random random = new(caller);
            byte[] read = new byte[4096];
            for (int i = 0; i < 200; i++)
            {
                int offset = random.Next(content.Length - read.Length);
                int count = await Store.ReadAsync(Name("packs/a1"), offset, read, None);
                if (count != read.Length || !read.AsSpan().SequenceEqual(content.AsSpan(offset, count)))
                {
                    return false;
                }
            }

            return true;
        });
        Assert.All(right, Assert.True);
    }

    // Threads of their own, since a store may block them, that begin together.
    private static async Task<bool[]> RaceAsync(Func<int, Task<bool>> call)
    {
        using Barrier start = new(Callers);
        Task<bool>[] calls = [.. Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return call(caller).GetAwaiter().GetResult();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        return await Task.WhenAll(calls);
    }
}
