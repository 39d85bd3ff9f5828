using Dedup.Sessions;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Sessions;

/// <summary>Of several writers of a name one succeeds, and it learns so even when a reply is lost.</summary>
public sealed class OwnObjectTests
{
    private const int MaxLength = 4;

    private static readonly ObjectName Name = ObjectName.Parse("snapshots/0123");

    private readonly SharedRepository _repository = new();

    [Fact]
    public async Task The_first_writer_succeeds()
    {
        Assert.True(await TryPutAsync(_repository.Store, [1, 2]));
        Assert.Equal([1, 2], await ContentAsync());
    }

    [Theory]
    [InlineData(new byte[] { 1, 3 })]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[0])]
    public async Task The_second_writer_fails_and_changes_nothing(byte[] first)
    {
        await _repository.PutAsync(Name, first);
        Assert.False(await TryPutAsync(_repository.Store, [1, 2]));
        Assert.Equal(first, await ContentAsync());
    }

    [Fault(4)]
    [Fact]
    public async Task Own_bytes_are_success_because_a_reply_was_lost()
    {
        FaultyStore faulty = new(_repository.Objects);
        faulty.FailMutation(1, new StoreFault(FaultMoment.After));
        await Assert.ThrowsAsync<StoreException>(() => TryPutAsync(faulty, [1, 2]));
        Assert.True(await TryPutAsync(faulty, [1, 2]));
    }

    [Fact]
    public async Task What_is_longer_than_it_can_be_is_damage()
    {
        await _repository.PutAsync(Name, new byte[MaxLength + 1]);
        var damage = await Assert.ThrowsAsync<CorruptDataException>(() => TryPutAsync(_repository.Store, [1, 2]));
        Assert.Equal(Name.Value, damage.ObjectName);
    }

    [Fact]
    public async Task What_somebody_else_had_written_and_deleted_again_is_no_success()
    {
        await _repository.PutAsync(Name, [9]);
        _repository.Store.BeforeRead = _repository.DeleteAsync;
        Assert.False(await TryPutAsync(_repository.Store, [1, 2]));
    }

    private static Task<bool> TryPutAsync(IObjectStore store, byte[] content) => OwnObject.TryPutAsync(store, Name, content, MaxLength, default);

    private async Task<byte[]> ContentAsync() => (await StoreContent.ReadAsync(_repository.Objects))[Name.Value];
}
