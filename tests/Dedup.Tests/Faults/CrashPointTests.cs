using Dedup.Backup;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.Tests.Recording;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>Every change that a backup makes to its store fails in turn, in every way: nothing that was there is lost, and the next backup succeeds.</summary>
public sealed class CrashPointTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    public void Dispose() => _folder.Dispose();

    [Fault(1, 2, 3, 4)]
    [Theory]
    [InlineData(FaultMoment.Before, false)]
    [InlineData(FaultMoment.Before, true)]
    [InlineData(FaultMoment.After, false)]
    [InlineData(FaultMoment.After, true)]
    [InlineData(FaultMoment.Torn, false)]
    [InlineData(FaultMoment.Torn, true)]
    public async Task Whatever_write_fails_nothing_is_lost_and_the_next_backup_succeeds(FaultMoment moment, bool isFatal)
    {
        MemoryStore empty = new();
        TestRepository repository = await TestRepository.MakeAsync(empty, _folder.Path);
        StoreContent before = await StoreContent.ReadAsync(empty);
        MemorySource source = new(new MemoryDirectory());
        Fill(source.Root.Directory("first"), 20260103);

        // A first backup into an empty repository, then a second into what it left.
        List<(SnapshotId, SortedDictionary<string, byte[]>)> earlier = [];
        for (int round = 0; round < 2; round++)
        {
            FaultyStore recorded = new(before.ToStore());
            SnapshotId id = (await repository.BackUpAsync(recorded, source)).Snapshot.Id;

            // How many writes a backup makes depends a little on its threads: until one gets by without meeting the fault.
            long ordinal = 1;
            while (await BreakAsync(repository, before, source, earlier, ordinal, new StoreFault(moment, IsFatal: isFatal)))
            {
                ordinal++;
            }

            output.WriteLine($"backup {round + 1}: {recorded.Mutations} writes, {ordinal - 1} of them failed in turn");
            Assert.True(ordinal > 6);
            before = await StoreContent.ReadAsync(recorded);
            earlier.Add((id, RestoredTree.Of(source)));
            Fill(source.Root.Directory("second"), 20260104);
            source.Root.File("changed", "now");
        }
    }

    [Fact]
    public async Task A_pack_that_is_not_published_because_another_failed_leaves_no_upload_open()
    {
        FaultyStore store = new(new MemoryStore());
        store.FailMutation(1, new StoreFault(FaultMoment.Before));
        using MasterKey master = MasterKey.Generate();
        using RepositoryKeys keys = new(master, new Bytes32(new byte[Bytes32.Length]));
        await using PackPublisher publisher = new(maxAtOnce: 2, CancellationToken.None);
        publisher.Publish(await PackWriter.BeginAsync(store, keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None));
        await Assert.ThrowsAsync<StoreException>(publisher.CompleteAsync);

        PackWriter second = await PackWriter.BeginAsync(store, keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None);
        Assert.Throws<StoreException>(() => publisher.Publish(second));
        Assert.Equal(0, store.OpenUploads);
    }

    /// <returns>Whether the backup met the fault.</returns>
    private static async Task<bool> BreakAsync(
        TestRepository repository, StoreContent before, MemorySource source,
        List<(SnapshotId Id, SortedDictionary<string, byte[]> Tree)> earlier, long ordinal, StoreFault fault)
    {
        MemoryStore inner = before.ToStore();
        FaultyStore faulty = new(inner);
        faulty.FailMutation(ordinal, fault);
        string cache = repository.NewFolder();
        BackupResult? lost = null;
        using RecordingLog log = new();
        try
        {
            // Which thread meets the fault varies; that the caller is told does not.
            await using Repository opened = await repository.OpenAsync(faulty, cache, log: log);
            lost = await opened.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
        }
        catch (StoreException)
        {
        }

        // A backup whose record alone met the fault stands, and says that there is no record.
        bool isMet = faulty.Mutations >= ordinal;
        Assert.True(isMet == (lost is null || log.TellsOfNoRecord), $"write {ordinal}: met is {isMet}, and the backup says otherwise");
        Assert.Equal(0, faulty.OpenUploads);
        IReadOnlyList<SnapshotId> present = [.. (await repository.SnapshotsAsync(inner)).Select(snapshot => snapshot.Id)];
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> tree) in earlier)
        {
            Assert.Contains(id, present);
            await repository.RequireRestoresAsync(inner, id, tree);
        }

        // A snapshot whose commit lost only its reply is there, and whole.
        foreach (SnapshotId id in present.Except(earlier.Select(snapshot => snapshot.Id)))
        {
            await repository.RequireRestoresAsync(inner, id, RestoredTree.Of(source));
        }

        BackupResult result = await repository.BackUpAsync(inner, source, cache);
        Assert.Empty(result.Problems);
        await repository.RequireRestoresAsync(inner, result.Snapshot.Id, RestoredTree.Of(source), cache);
        await repository.RequireRestoresAsync(inner, result.Snapshot.Id, RestoredTree.Of(source));
        return isMet;
    }

    private static void Fill(MemoryDirectory directory, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 3; i++)
        {
            byte[] content = new byte[40_000 * (i + 1)];
            random.NextBytes(content);
            directory.File($"file-{i}", content);
        }

        directory.Directory("below").File("inner", "content");
    }
}
