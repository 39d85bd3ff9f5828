using Dedup.Content;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Sessions;

/// <summary>A session is seen by prunes before it looks at anything, and its commit slot is decided once.</summary>
public sealed class BackupSessionTests
{
    private readonly SharedRepository _repository = new();

    [Fact]
    public async Task A_session_registers_with_what_tells_its_process()
    {
        BackupSession session = await BeginAsync();
        StoreContent content = await StoreContent.ReadAsync(_repository.Objects);
        string name = Assert.Single(content.Names);
        Session read = SessionFormat.Open(content[name], session.Id, SharedRepository.Keys, name);
        Assert.Equal(RepositoryObjects.Session(session.Id).Value, name);
        Assert.Equal(new Session(session.Id, "host", RunningProcess.Current, 17, "test"), read);
    }

    [Fact]
    public async Task A_commit_takes_the_slot()
    {
        BackupSession session = await BeginAsync();
        Assert.Null(await SlotAsync(session));
        Assert.True(await session.TryCommitAsync(SharedRepository.Snapshot(session.Id), default));
        Assert.Equal(session.Id, (await SlotAsync(session))!.Snapshot!.Id);
    }

    [Fact]
    public async Task A_slot_taken_by_an_abort_is_no_commit()
    {
        BackupSession session = await BeginAsync();
        await _repository.PutAbortAsync(session.Id);
        Assert.False(await session.TryCommitAsync(SharedRepository.Snapshot(session.Id), default));
        Assert.Equal("too slow", (await SlotAsync(session))!.Abort!.Reason);
    }

    [Fact]
    public async Task An_abandoned_session_can_never_commit()
    {
        BackupSession session = await BeginAsync();
        await session.AbandonAsync(23, "test", default);
        Assert.Equal(new SlotAbort(session.Id, 23, "host", "test", "test"), (await SlotAsync(session))!.Abort);
        Assert.False(await session.TryCommitAsync(SharedRepository.Snapshot(session.Id), default));
    }

    [Fact]
    public async Task Abandoning_leaves_a_slot_that_is_taken()
    {
        // The reply to the commit was lost: the backup gives up, and has committed all the same.
        FaultyStore faulty = new(_repository.Objects);
        faulty.FailMutation(2, new StoreFault(FaultMoment.After));
        BackupSession session = await BeginAsync(faulty);
        await Assert.ThrowsAsync<StoreException>(() => session.TryCommitAsync(SharedRepository.Snapshot(session.Id), default));
        await session.AbandonAsync(23, "test", default);
        Assert.NotNull((await SlotAsync(session))!.Snapshot);

        BackupSession other = await BeginAsync();
        await _repository.PutAbortAsync(other.Id);
        await other.AbandonAsync(23, "test", default);
        Assert.Equal("too slow", (await SlotAsync(other))!.Abort!.Reason);
    }

    [Fact]
    public async Task Condemned_packs_are_read_after_registering()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        bool isRegistered = false;
        _repository.Store.BeforeList = async folder =>
            isRegistered = folder == RepositoryObjects.Gc && (await StoreContent.ReadAsync(_repository.Objects)).In(RepositoryObjects.Sessions).Count == 1;
        BackupSession session = await BeginAsync();
        ReusablePacks reusable = await session.FindReusableAsync(
            () =>
            {
                Assert.True(isRegistered, "the packs were listed before it was known which are condemned");
                return Task.FromResult<IReadOnlyCollection<PackId>>([SharedRepository.Pack(1), SharedRepository.Pack(2)]);
            },
            [],
            default);
        Assert.Equal((false, true), (reusable.Contains(SharedRepository.Pack(1)), reusable.Contains(SharedRepository.Pack(2))));
    }

    private Task<BackupSession> BeginAsync(IObjectStore? store = null) =>
        BackupSession.BeginAsync(store ?? _repository.Store, SharedRepository.Keys, "host", RunningProcess.Current, 17, "test", default);

    private async Task<CommitSlot?> SlotAsync(BackupSession session) =>
        await new SnapshotReader(_repository.Objects, SharedRepository.Keys).TryReadSlotAsync(session.Id, default);
}
