using Dedup.Storage;
using Xunit;

namespace Dedup.Testing;

/// <summary>The part of <see cref="ObjectStoreContract"/> that is about uploads.</summary>
public abstract class ObjectUploadContract : StoreContractBase
{
    [Fact]
    public async Task An_upload_becomes_visible_when_it_is_published()
    {
        byte[] content = Bytes(1000, seed: 21);
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        await upload.AppendAsync(content.AsMemory(0, 300), None);
        await upload.AppendAsync(ReadOnlyMemory<byte>.Empty, None);
        await upload.AppendAsync(content.AsMemory(300), None);
        Assert.Equal(1000, upload.Length);
        await AssertNothingIsListedAsync();

        Assert.True(await upload.PublishAsync(Name("packs/a1"), None));
        Assert.Equal(["packs/a1"], await ListAsync("packs"));
        Assert.Equal(content, await ReadAllAsync("packs/a1"));
        await upload.DisposeAsync();
        Assert.Equal(content, await ReadAllAsync("packs/a1"));
    }

    [Fact]
    public async Task An_upload_without_bytes_is_an_empty_object()
    {
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        Assert.True(await upload.PublishAsync(Name("packs/empty"), None));
        Assert.Empty(await ReadAllAsync("packs/empty"));
    }

    [Fact]
    public async Task An_upload_that_is_not_published_leaves_nothing()
    {
        IObjectUpload upload = await Store.BeginUploadAsync(None);
        await upload.AppendAsync(Bytes(1000, seed: 22), None);
        await upload.DisposeAsync();
        await upload.DisposeAsync();
        await AssertNothingIsListedAsync();
    }

    [Fact]
    public async Task An_upload_to_a_taken_name_leaves_the_first_content()
    {
        _ = await Store.PutIfAbsentAsync(Name("packs/a1"), Bytes(10, seed: 23), None);
        await using (IObjectUpload upload = await Store.BeginUploadAsync(None))
        {
            await upload.AppendAsync(Bytes(20, seed: 24), None);
            Assert.False(await upload.PublishAsync(Name("packs/a1"), None));
        }

        Assert.Equal(Bytes(10, seed: 23), await ReadAllAsync("packs/a1"));
        Assert.Equal(["packs/a1"], await ListAsync("packs"));
    }

    [Fact]
    public async Task What_was_appended_can_be_read_back()
    {
        byte[] content = Bytes(5000, seed: 25);
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        for (int offset = 0; offset < content.Length; offset += 1250)
        {
            await upload.AppendAsync(content.AsMemory(offset, 1250), None);
        }

        byte[] back = new byte[2000];
        await upload.ReadBackAsync(1100, back, None);
        Assert.Equal(content[1100..3100], back);
        await upload.ReadBackAsync(3000, back, None);
        Assert.Equal(content[3000..], back);
        await upload.ReadBackAsync(5000, Memory<byte>.Empty, None);

        await upload.AppendAsync(content, None);
        Assert.True(await upload.PublishAsync(Name("packs/a1"), None));
        Assert.Equal(content.Concat(content), await ReadAllAsync("packs/a1"));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 101)]
    [InlineData(100, 1)]
    [InlineData(long.MaxValue, 1)]
    public async Task What_was_not_appended_cannot_be_read_back(long offset, int length)
    {
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        await upload.AppendAsync(Bytes(100, seed: 26), None);
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await upload.ReadBackAsync(offset, new byte[length], None));
    }

    [Fact]
    public async Task An_upload_is_over_once_it_is_published()
    {
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        await upload.AppendAsync(Bytes(10, seed: 27), None);
        _ = await upload.PublishAsync(Name("packs/a1"), None);

        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.AppendAsync(Bytes(1, seed: 27), None));
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.PublishAsync(Name("packs/b2"), None));
        Assert.Equal(["packs/a1"], await ListAsync("packs"));
        Assert.Equal(Bytes(10, seed: 27), await ReadAllAsync("packs/a1"));
    }

    [Fact]
    public async Task A_cancelled_call_leaves_an_upload_as_it_was()
    {
        CancellationToken cancelled = new(canceled: true);
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        await upload.AppendAsync(Bytes(10, seed: 28), None);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await upload.AppendAsync(Bytes(5, seed: 28), cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await upload.ReadBackAsync(0, new byte[5], cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await upload.PublishAsync(Name("packs/a1"), cancelled));
        Assert.Empty(await ListAsync("packs"));

        Assert.True(await upload.PublishAsync(Name("packs/a1"), None));
        Assert.Equal(Bytes(10, seed: 28), await ReadAllAsync("packs/a1"));
    }

    [Fact]
    public async Task An_object_of_40_MiB_is_whole()
    {
        const int part = 8 << 20;
        byte[] content = Bytes(5 * part, seed: 29);
        await using IObjectUpload upload = await Store.BeginUploadAsync(None);
        for (int offset = 0; offset < content.Length; offset += part)
        {
            await upload.AppendAsync(content.AsMemory(offset, part), None);
        }

        Assert.True(await upload.PublishAsync(Name("packs/a1"), None));
        Assert.True((await ReadAllAsync("packs/a1")).AsSpan().SequenceEqual(content));
        Assert.True(await Store.PutIfAbsentAsync(Name("packs/b2"), content, None));
        Assert.True((await ReadAllAsync("packs/b2")).AsSpan().SequenceEqual(content));
    }

    // "tmp" is where a store may keep what is under way.
    private async Task AssertNothingIsListedAsync()
    {
        foreach (string folder in (string[])["", "packs", "tmp"])
        {
            Assert.Empty(await ListAsync(folder));
        }
    }
}
