using Dedup.Content;
using Dedup.Snapshots;
using Xunit;
using static Dedup.Tests.Sessions.SharedRepository;

namespace Dedup.Tests.Sessions;

/// <summary>Snapshots are what was committed and not forgotten, whatever else lies there.</summary>
public sealed class SnapshotReaderTests
{
    private readonly SharedRepository _repository = new();

    private SnapshotReader Reader => new(_repository.Store, SharedRepository.Keys);

    [Fact]
    public async Task A_snapshot_is_read()
    {
        await _repository.PutSnapshotAsync(Id(1));
        Assert.Equal(Id(1), (await Reader.ReadAsync(Id(1), default)).Id);
        await AssertAllAsync([Id(1)]);
    }

    [Fact]
    public async Task An_abort_is_no_snapshot()
    {
        await _repository.PutAbortAsync(Id(1));
        await _repository.PutSnapshotAsync(Id(2));
        await AssertAllAsync([Id(2)]);
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => Reader.ReadAsync(Id(1), default).AsTask());
        Assert.Equal("too slow", (await Reader.TryReadSlotAsync(Id(1), default))!.Abort!.Reason);
        Assert.Null(await Reader.TryReadSlotAsync(Id(3), default));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_forgotten_snapshot_is_none_even_when_it_is_there_or_its_record_cannot_be_read(bool isThere, bool isRecordWhole)
    {
        await _repository.PutSnapshotAsync(Id(2));
        await _repository.PutForgottenAsync(Id(1));
        if (isThere)
        {
            await _repository.PutSnapshotAsync(Id(1));
        }

        if (!isRecordWhole)
        {
            await _repository.PutAsync(RepositoryObjects.ForgottenRecord(Id(1)), [1]);
        }

        await AssertAllAsync([Id(2)]);
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => Reader.ReadAsync(Id(1), default).AsTask());
    }

    [Fact]
    public async Task A_damaged_slot_is_told_unless_it_was_forgotten()
    {
        await _repository.PutAsync(RepositoryObjects.Snapshot(Id(1)), [1]);
        await _repository.PutAsync(RepositoryObjects.Snapshot(Id(2)), [2]);
        await _repository.PutForgottenAsync(Id(2));
        await AssertAllAsync([], RepositoryObjects.Snapshot(Id(1)).Value);
        await Assert.ThrowsAsync<CorruptDataException>(() => Reader.ReadAsync(Id(1), default).AsTask());
    }

    [Fact]
    public async Task A_snapshot_that_is_forgotten_meanwhile_is_passed_over_without_a_complaint()
    {
        await _repository.PutSnapshotAsync(Id(1));
        await _repository.PutSnapshotAsync(Id(2));
        _repository.Store.BeforeRead = async _ =>
        {
            await _repository.PutForgottenAsync(Id(1));
            await _repository.DeleteAsync(RepositoryObjects.Snapshot(Id(1)));
        };
        await AssertAllAsync([Id(2)]);
    }

    [Fact]
    public async Task A_snapshot_committed_while_another_is_forgotten_is_not_lost_from_sight()
    {
        await _repository.PutSnapshotAsync(Id(1));
        await _repository.PutSnapshotAsync(Id(2));
        _repository.Store.BeforeList = async folder =>
        {
            if (folder == RepositoryObjects.Forgotten)
            {
                await _repository.PutForgottenAsync(Id(1));
                await _repository.PutSnapshotAsync(Id(3));
            }
        };
        await AssertAllAsync([Id(2)]);
        await AssertAllAsync([Id(2), Id(3)]);
    }

    private async Task AssertAllAsync(SnapshotId[] expected, params string[] expectedDamage)
    {
        List<SnapshotId> snapshots = [];
        List<string> damaged = [];
        await foreach ((Snapshot? snapshot, CorruptDataException? damage) in Reader.ReadAllAsync(default))
        {
            if (snapshot is not null)
            {
                snapshots.Add(snapshot.Id);
            }

            if (damage is not null)
            {
                damaged.Add(damage.ObjectName);
            }
        }

        Assert.Equal(expected, snapshots.OrderBy(id => id.ToString(), StringComparer.Ordinal));
        Assert.Equal(expectedDamage, damaged);
    }
}
