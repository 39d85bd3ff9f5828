using Dedup.Backup;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>Every change that a backup makes to its store fails in turn, in every way: nothing that was there is lost, and the next backup succeeds.</summary>
public sealed class CrashPointTests(ITestOutputHelper output) : IDisposable
{
    private readonly FastDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

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
    public async Task A_pack_that_cannot_be_published_leaves_no_other_upload_open()
    {
        const int ContentLength = 14 << 20, LastWrites = 16;
        MemoryStore empty = new();
        TestRepository repository = await TestRepository.MakeAsync(empty, _folder.Path, averageChunkLength: 512 << 10);
        StoreContent before = await StoreContent.ReadAsync(empty);
        byte[] noise = new byte[ContentLength];
        new Random(20260109).NextBytes(noise);
        MemorySource source = new(new MemoryDirectory());
        source.Root.File("large", noise);
        FaultyStore recorded = new(before.ToStore());
        await repository.BackUpAsync(recorded, source);
        Assert.True(recorded.Count(StoreOperation.Publish) > 3, "this needs several packs at once");
        for (long ordinal = recorded.Mutations - LastWrites; ordinal < recorded.Mutations - 1; ordinal++)
        {
            FaultyStore faulty = new(before.ToStore());
            faulty.FailMutation(ordinal, new StoreFault(FaultMoment.Before));
            await Assert.ThrowsAsync<StoreException>(() => repository.BackUpAsync(faulty, source));
            Assert.Equal(0, faulty.OpenUploads);
        }
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
        try
        {
            // Which thread meets the fault varies; that the caller is told does not.
            lost = await repository.BackUpAsync(faulty, source, cache);
        }
        catch (StoreException)
        {
        }

        bool isMet = faulty.Mutations >= ordinal;
        Assert.True(isMet == lost is null, $"write {ordinal}: met is {isMet}, and the backup says otherwise");
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
