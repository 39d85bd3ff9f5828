using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class BufferedUploadTests
{
    private const int Length = 1 << 20;

    private static readonly ObjectName Name = ObjectName.Parse("packs/a1");

    private readonly MemoryStore _memory = new();
    private readonly UploadBufferPool _pool = new();
    private readonly byte[] _buffer;

    public BufferedUploadTests()
    {
        _buffer = _pool.Rent(Length);
        _pool.Return(_buffer);
    }

    [Fact]
    public async Task A_buffer_is_used_again_once_its_object_is_written_and_not_before()
    {
        byte[]? meanwhile = null;
        HookedStore store = new(_memory, (_, _) =>
        {
            meanwhile = _pool.Rent(Length);
            return Task.CompletedTask;
        });
        await using (BufferedUpload upload = new(store, _pool))
        {
            await upload.AppendAsync(new byte[Length], default);
            Assert.True(await upload.PublishAsync(Name, default));
        }

        Assert.NotNull(meanwhile);
        Assert.NotSame(_buffer, meanwhile);
        Assert.Same(_buffer, _pool.Rent(Length));
        Assert.NotSame(_buffer, _pool.Rent(Length));
    }

    [Fact]
    public async Task A_buffer_is_not_used_again_after_a_failure_since_a_request_may_still_read_from_it()
    {
        HookedStore store = new(_memory, (_, _) => throw new StoreException("the line broke"));
        await using (BufferedUpload upload = new(store, _pool))
        {
            await upload.AppendAsync(new byte[Length], default);
            await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(Name, default));
        }

        Assert.NotSame(_buffer, _pool.Rent(Length));
    }
}
