using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

/// <summary>How much a backup to a store that is far away gathers in memory.</summary>
public sealed class UploadMemoryTests
{
    private const int MaxPieces = 4;

    private readonly UploadMemory _memory = new(MaxPieces);

    [Fact]
    public async Task While_something_is_sent_who_wants_more_than_there_is_waits_until_that_is_done()
    {
        List<byte[]> sent = await RentAsync(2);
        _memory.BeginSending();
        List<byte[]> filling = await RentAsync(2);
        Task<byte[]> waiting = _memory.RentAsync(default).AsTask(), other = _memory.RentAsync(default).AsTask();
        Assert.False(waiting.IsCompleted || other.IsCompleted);

        _memory.Return([.. sent]);
        _memory.EndSending();
        byte[][] rented = await Task.WhenAll(waiting, other);
        Assert.True(sent.ToHashSet().SetEquals(rented));
        Assert.Empty(filling.Intersect(rented));
    }

    [Fact]
    public async Task With_nothing_to_wait_for_nobody_waits()
    {
        Assert.Equal(3 * MaxPieces, (await RentAsync(3 * MaxPieces)).Distinct().Count());

        // What was sent is over, and all pieces are still in hands.
        _memory.BeginSending();
        Task<byte[]> waiting = _memory.RentAsync(default).AsTask();
        Assert.False(waiting.IsCompleted);
        _memory.EndSending();
        Assert.Equal(UploadMemory.PieceLength, (await waiting).Length);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_and_takes_nothing()
    {
        using CancellationTokenSource cancellation = new();
        List<byte[]> all = await RentAsync(MaxPieces);
        _memory.BeginSending();
        Task<byte[]> waiting = _memory.RentAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        _memory.Return(all);
        Assert.Equal(MaxPieces, (await RentAsync(MaxPieces)).Distinct().Count());
        Assert.False(_memory.RentAsync(default).AsTask().IsCompleted);
    }

    [Fact]
    public async Task What_somebody_may_still_read_is_not_used_again()
    {
        List<byte[]> pieces = await RentAsync(MaxPieces);
        _memory.Return([.. pieces], mayBeInUse: true);
        Assert.Empty((await RentAsync(MaxPieces)).Intersect(pieces));
    }

    [Fact]
    public async Task What_was_sent_is_used_again()
    {
        HashSet<byte[]> seen = [];
        for (int round = 0; round < 10; round++)
        {
            List<byte[]> pieces = await RentAsync(MaxPieces);
            seen.UnionWith(pieces);
            _memory.Return(pieces);
        }

        Assert.Equal(MaxPieces, seen.Count);
    }

    private async Task<List<byte[]>> RentAsync(int count)
    {
        List<byte[]> pieces = [];
        for (int i = 0; i < count; i++)
        {
            pieces.Add(await _memory.RentAsync(default));
        }

        return pieces;
    }
}
