using Dedup.Storage;
using Xunit;

namespace Dedup.Testing;

/// <summary>
/// What every store and every decorator must do. A test class derives from it and says how to open a store; what is
/// about uploads and about many callers at once it inherits.
/// </summary>
public abstract class ObjectStoreContract : ConcurrentStoreContract
{
    [Fact]
    public async Task What_was_put_is_read_back()
    {
        byte[] content = Bytes(1000, seed: 1);
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/a1"), content, None));
        Assert.Equal(content, await ReadAllAsync("packs/a1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_was_put_in_pieces_is_read_back_whole(int count)
    {
        byte[] content = Bytes(count * 500, seed: 32);
        ReadOnlyMemory<byte>[] pieces = [.. Enumerable.Range(0, count).SelectMany(i => (ReadOnlyMemory<byte>[])[content.AsMemory(i * 500, 500), default])];
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/a1"), pieces, None));
        Assert.Equal(content, await ReadAllAsync("packs/a1"));
        Assert.False(await Store.PutIfAbsentAsync(Name("packs/a1"), [Bytes(20, seed: 33)], None));
        Assert.Equal(content, await ReadAllAsync("packs/a1"));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("packs/0")]
    [InlineData("gc/1.mark")]
    [InlineData("a-b.c/d-e.f")]
    [InlineData("tmp/abc")]
    public async Task Every_form_of_name_can_be_used(string name)
    {
        Assert.True(await Store.PutIfAbsentAsync(Name(name), Bytes(3, seed: 2), None));
        Assert.Equal(Bytes(3, seed: 2), await ReadAllAsync(name));
        Assert.Equal([name], await ListAsync(Name(name).Folder));
    }

    [Fact]
    public async Task The_longest_name_can_be_used()
    {
        string name = new string('a', 128) + "/" + new string('b', 128);
        Assert.True(await Store.PutIfAbsentAsync(Name(name), Bytes(3, seed: 3), None));
        Assert.Equal([name], await ListAsync(new string('a', 128)));
        Assert.Equal(3, (await Store.InfoAsync(Name(name), None))?.Length);
        Assert.True(await Store.DeleteAsync(Name(name), None));
    }

    [Fact]
    public async Task A_taken_name_keeps_its_first_content()
    {
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(10, seed: 4), None));
        Assert.False(await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(20, seed: 5), None));
        Assert.Equal(Bytes(10, seed: 4), await ReadAllAsync("packs/a1"));
        Assert.Equal(10, (await Store.InfoAsync(Name("packs/a1"), None))?.Length);
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/empty"), ReadOnlyMemory<byte>.Empty, None));
        Assert.False(await Store.PutIfAbsentAsync(Name("packs/empty"), Bytes(1, seed: 6), None));
        Assert.Equal(0, (await Store.InfoAsync(Name("packs/empty"), None))?.Length);
        Assert.Equal(0, await Store.ReadAsync(Name("packs/empty"), 0, new byte[1], None));
    }

    [Fact]
    public async Task The_content_may_be_reused_once_put_has_returned()
    {
        byte[] content = Bytes(100, seed: 7);
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), content, None);
        Array.Clear(content);
        Assert.Equal(Bytes(100, seed: 7), await ReadAllAsync("packs/a1"));
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(0, 99, 99)]
    [InlineData(17, 30, 30)]
    [InlineData(99, 1, 1)]
    [InlineData(0, 101, 100)]
    [InlineData(60, 100, 40)]
    [InlineData(50, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(100, 10, 0)]
    [InlineData(101, 10, 0)]
    [InlineData(1L << 40, 10, 0)]
    [InlineData(long.MaxValue, 10, 0)]
    [InlineData(long.MaxValue - 5, 10, 0)]
    public async Task A_range_ends_where_the_object_ends(long offset, int length, int expected)
    {
        byte[] content = Bytes(100, seed: 8);
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), content, None);

        byte[] read = new byte[length];
        Assert.Equal(expected, await Store.ReadAsync(Name("packs/a1"), offset, read, None));
        Assert.Equal(content.Skip((int)Math.Min(offset, 100)).Take(expected), read.Take(expected));
        Assert.All(read.Skip(expected), b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task A_negative_offset_is_refused()
    {
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(5, seed: 9), None);
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadAsync(Name("packs/a1"), -1, new byte[1], None));
    }

    [Theory]
    [InlineData("packs/none", 4)]
    [InlineData("packs/none", 0)]
    [InlineData("none", 4)]
    public async Task A_missing_object_is_reported_by_name(string name, int length)
    {
        _ = await Store.PutIfAbsentAsync(Name("packs/other"), Bytes(5, seed: 10), None);
        ObjectNotFoundException failure = await Assert.ThrowsAsync<ObjectNotFoundException>(
            async () => await Store.ReadAsync(Name(name), 0, new byte[length], None));
        Assert.Equal(Name(name), failure.Name);
        Assert.False(failure.IsTransient);
        Assert.Null(await Store.InfoAsync(Name(name), None));
        Assert.False(await Store.DeleteAsync(Name(name), None) && DeleteTells);
    }

    [Fact]
    public async Task A_listing_holds_what_was_written_to_its_folder_and_nothing_else()
    {
        Assert.Empty(await ListAsync("packs"));
        Assert.Empty(await ListAsync(""));
        foreach (string name in (string[])["config", "packs/a", "packs/b", "packs-2/c", "index/a"])
        {
            _ = await Store.PutIfAbsentAsync(Name(name), Bytes(name.Length, seed: 11), None);
        }

        Assert.Equal(["packs/a", "packs/b"], await ListAsync("packs"));
        Assert.Equal(["config"], await ListAsync(""));
        Assert.Equal(["index/a"], await ListAsync("index"));
        Assert.Empty(await ListAsync("unknown"));
        await foreach (ObjectInfo info in Store.ListAsync("packs", None))
        {
            Assert.Equal(7, info.Length);
        }
    }

    [Theory]
    [InlineData("../packs")]
    [InlineData("packs/")]
    [InlineData("/")]
    [InlineData("Packs")]
    public void A_listing_of_what_is_no_folder_is_refused(string folder) =>
        Assert.Throws<ArgumentException>(() => Store.ListAsync(folder, None));

    [Fact]
    public async Task Many_objects_are_all_listed_once()
    {
        List<string> names = [];
        for (int i = 0; i < 3000; i++)
        {
            names.Add($"packs/{i:x8}");
            Assert.True(await Store.PutIfAbsentAsync(Name(names[i]), BitConverter.GetBytes(i), None));
        }

        Assert.Equal(names, await ListAsync("packs"));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_its_name_free()
    {
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(10, seed: 12), None);
        Assert.Equal(10, await Store.ReadAsync(Name("packs/a1"), 0, new byte[10], None));
        Assert.True(await Store.DeleteAsync(Name("packs/a1"), None));

        Assert.False(await Store.DeleteAsync(Name("packs/a1"), None) && DeleteTells);
        Assert.Null(await Store.InfoAsync(Name("packs/a1"), None));
        Assert.Empty(await ListAsync("packs"));
        _ = await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.ReadAsync(Name("packs/a1"), 0, new byte[1], None));
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(3, seed: 13), None));
        Assert.Equal(Bytes(3, seed: 13), await ReadAllAsync("packs/a1"));
    }

    [Fact]
    public async Task What_one_handle_does_another_sees()
    {
        await using IObjectStore other = await OpenAsync();
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(10, seed: 14), None));
        Assert.False(await other.PutIfAbsentAsync(Name("packs/a1"), Bytes(11, seed: 14), None));
        Assert.Equal(10, await other.ReadAsync(Name("packs/a1"), 0, new byte[99], None));
        Assert.True(await other.DeleteAsync(Name("packs/a1"), None));
        _ = await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.ReadAsync(Name("packs/a1"), 0, new byte[1], None));
        Assert.Empty(await ListAsync("packs"));
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(10, seed: 15), None);
        CancellationToken cancelled = new(canceled: true);

        await AssertCancelledAsync(async () => await Store.PutIfAbsentAsync(Name("packs/b2"), Bytes(10, seed: 15), cancelled));
        await AssertCancelledAsync(async () => await Store.BeginUploadAsync(cancelled));
        await AssertCancelledAsync(async () => await Store.ReadAsync(Name("packs/a1"), 0, new byte[10], cancelled));
        await AssertCancelledAsync(async () => await Store.InfoAsync(Name("packs/a1"), cancelled));
        await AssertCancelledAsync(async () => await Store.DeleteAsync(Name("packs/a1"), cancelled));
        await AssertCancelledAsync(async () =>
        {
            await foreach (ObjectInfo _ in Store.ListAsync("packs", cancelled))
            {
            }
        });
        Assert.Equal(["packs/a1"], await ListAsync("packs"));
    }

    private static Task<OperationCanceledException> AssertCancelledAsync(Func<Task> call) => Assert.ThrowsAnyAsync<OperationCanceledException>(call);
}
