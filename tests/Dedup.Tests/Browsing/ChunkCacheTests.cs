using Dedup.Browsing;
using Xunit;

namespace Dedup.Tests.Browsing;

public sealed class ChunkCacheTests
{
    [Fact]
    public void What_was_not_used_for_longest_goes_when_there_is_no_room()
    {
        ChunkCache cache = new(capacity: 100);
        cache.Add(Id(1), new byte[40]);
        cache.Add(Id(2), new byte[40]);
        Assert.True(cache.TryGet(Id(1), out _));
        cache.Add(Id(3), new byte[40]);
        Assert.Equal([true, false, true], Enumerable.Range(1, 3).Select(number => cache.TryGet(Id(number), out _)));
    }

    [Fact]
    public void What_is_larger_than_all_room_is_not_kept_and_drives_out_nothing()
    {
        ChunkCache cache = new(capacity: 100);
        cache.Add(Id(1), new byte[100]);
        cache.Add(Id(2), new byte[101]);
        Assert.True(cache.TryGet(Id(1), out byte[] chunk));
        Assert.Equal(100, chunk.Length);
        Assert.False(cache.TryGet(Id(2), out _));
    }

    private static BlobId Id(int number)
    {
        byte[] bytes = new byte[BlobId.Length];
        bytes[0] = (byte)number;
        return new BlobId(bytes);
    }
}
