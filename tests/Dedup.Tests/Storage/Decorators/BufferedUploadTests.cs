using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class BufferedUploadTests
{
    private const int Length = UploadMemory.PieceLength;

    private static readonly ObjectName Name = ObjectName.Parse("packs/a1");

    private readonly MemoryStore _memory = new();
    private readonly UploadMemory _pieces = new(maxPieces: 16);

    [Fact]
    public async Task A_buffer_is_used_again_once_its_object_is_written_and_not_before()
    {
        byte[] piece = await ReturnedPieceAsync();
        byte[]? meanwhile = null;
        HookedStore store = new(_memory, async (_, _) => meanwhile = await _pieces.RentAsync(default));
        await using (BufferedUpload upload = new(store, _pieces))
        {
            await upload.AppendAsync(new byte[Length], default);
            Assert.True(await upload.PublishAsync(Name, default));
        }

        Assert.NotNull(meanwhile);
        Assert.NotSame(piece, meanwhile);
        Assert.Same(piece, await _pieces.RentAsync(default));
        Assert.NotSame(piece, await _pieces.RentAsync(default));
    }

    [Fact]
    public async Task A_buffer_is_not_used_again_after_a_failure_since_a_request_may_still_read_from_it()
    {
        byte[] piece = await ReturnedPieceAsync();
        HookedStore store = new(_memory, (_, _) => throw new StoreException("the line broke"));
        await using (BufferedUpload upload = new(store, _pieces))
        {
            await upload.AppendAsync(new byte[Length], default);
            await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(Name, default));
        }

        Assert.NotSame(piece, await _pieces.RentAsync(default));
    }

    /// <summary>What the next upload will take.</summary>
    private async Task<byte[]> ReturnedPieceAsync()
    {
        byte[] piece = await _pieces.RentAsync(default);
        _pieces.Return([piece]);
        return piece;
    }
}
