using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.Tests.Pruning;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>
/// Backups, forgets and prunes are stopped before and after each change that they make to the store, fail there, leave half an object
/// there, and make the change twice. Whoever comes next, with an old catalogue or without one, loses nothing and needs no repair.
/// </summary>
public sealed class PruneCrashPointTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FaultMoment.Before, true)]
    [InlineData(FaultMoment.Before, false)]
    [InlineData(FaultMoment.After, false)]
    [InlineData(FaultMoment.Cut, true)]
    [InlineData(FaultMoment.Twice, false)]
    public async Task Wherever_it_ends_nothing_is_lost_and_the_next_ones_succeed(FaultMoment moment, bool isFatal)
    {
        int points = 0;
        await foreach (CrashScene scene in CrashScene.MakeAllAsync(_folder.Path))
        {
            // How many changes there are, and in which order, depends a little on threads: until one gets by without meeting the fault.
            long ordinal = 1;
            while (await BreakAsync(scene, ordinal, new StoreFault(moment, IsFatal: isFatal)))
            {
                ordinal++;
            }

            output.WriteLine($"{scene.Name}: {ordinal - 1} changes");
            points += (int)ordinal;
        }

        output.WriteLine($"{moment}{(isFatal ? " and nothing after it" : "")}: {points} points");
    }

    /// <returns>Whether the operation met the fault.</returns>
    private static async Task<bool> BreakAsync(CrashScene scene, long ordinal, StoreFault fault)
    {
        MemoryStore inner = scene.Before.ToStore();
        FaultyStore faulty = new(inner);
        faulty.FailMutation(ordinal, fault);
        string cache = scene.CopyCache();
        bool isDone = await TryAsync(scene, faulty, cache);
        bool isMet = faulty.Mutations >= ordinal;
        string point = $"{scene.Name}, change {ordinal} {fault.Moment} {faulty.CutObject}";
        Assert.True(isDone == (!isMet || fault.Moment == FaultMoment.Twice), $"{point}: done is {isDone}");
        Assert.Equal(0, faulty.OpenUploads);

        try
        {
            StoreContent after = await StoreContent.ReadAsync(inner);
            string? cut = isMet ? faulty.CutObject?.Value : null;
            await RequireIntactAsync(scene, after.ToStore(), cut);
            await GoOnAsync(scene, after.ToStore(), scene.Repository.NewFolder(), cut, backUpFirst: false);
            await GoOnAsync(scene, after.ToStore(), cache, cut, backUpFirst: true);
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{point}: {exception.Message}", exception);
        }

        return isMet;
    }

    private static async Task<bool> TryAsync(CrashScene scene, FaultyStore store, string cache)
    {
        try
        {
            await using Repository opened = await scene.Repository.OpenAsync(store, cache);
            await scene.Operation(opened, scene.Source);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>A stranger finds everything that was acknowledged, and no damage but that of the object that was cut.</summary>
    private static async Task RequireIntactAsync(CrashScene scene, MemoryStore store, string? cut)
    {
        await using Repository stranger = await scene.Repository.OpenAsync(store);
        await RequireRestoresAsync(scene, stranger);
        CheckReport report = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(report.Findings, finding => Assert.True(
            finding.ObjectName == cut || finding.Kind == FindingKind.UnlistedPack, $"the check finds {finding}"));
        Assert.True(cut is null || report.Findings.Any(finding => finding.ObjectName == cut), $"the check does not find {cut}");
    }

    /// <summary>The next backup and the next prunes succeed, and in the end only what is needed is left.</summary>
    private static async Task GoOnAsync(CrashScene scene, MemoryStore store, string cache, string? cut, bool backUpFirst)
    {
        await using Repository next = await scene.Repository.OpenAsync(store, cache);
        SnapshotId? made = backUpFirst ? await BackUpAsync(scene, next) : null;
        if (cut?.StartsWith("gc/", StringComparison.Ordinal) == true && await IsStoppedAsync(next, cut))
        {
            // Which packs the record condemns nobody can tell: that takes a person.
            await RequireRestoresAsync(scene, next, made);
            return;
        }

        if (cut?.StartsWith("snapshots/", StringComparison.Ordinal) == true)
        {
            Assert.True(await IsStoppedAsync(next, cut));
            Assert.True(SnapshotId.TryParse(ObjectName.Parse(cut).Leaf, out SnapshotId damaged));
            await next.ForgetAsync(damaged, "damaged", CancellationToken.None);
        }

        await next.PruneAsync(CrashScene.Thorough, null, CancellationToken.None);
        made ??= await BackUpAsync(scene, next);
        await next.PruneAsync(CrashScene.Thorough, null, CancellationToken.None);
        PruneReport last = await next.PruneAsync(CrashScene.Thorough, null, CancellationToken.None);
        Assert.Equal((0, 0, 0), (last.PacksDeleted, last.PacksWritten, last.UnusedBytesLeft));
        Assert.Empty(await NeededOnly.FindOthersAsync(scene.Repository, store, cut));
        await RequireRestoresAsync(scene, next, made);
        await using Repository stranger = await scene.Repository.OpenAsync(store);
        await RequireRestoresAsync(scene, stranger, made);
        CheckReport report = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(report.Findings, finding => Assert.Equal(cut, finding.ObjectName));
    }

    private static async Task<bool> IsStoppedAsync(Repository repository, string cut)
    {
        try
        {
            await repository.PruneAsync(CrashScene.Thorough, null, CancellationToken.None);
            return false;
        }
        catch (PruneStoppedException exception)
        {
            Assert.Contains(cut, exception.Message, StringComparison.Ordinal);
            return true;
        }
    }

    private static async Task<SnapshotId> BackUpAsync(CrashScene scene, Repository repository)
    {
        BackupResult result = await repository.BackupAsync(scene.Source, new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result.Snapshot.Id;
    }

    private static async Task RequireRestoresAsync(CrashScene scene, Repository repository, SnapshotId? made = null)
    {
        IEnumerable<(SnapshotId, SortedDictionary<string, byte[]>)> snapshots =
            made is { } id ? scene.Snapshots.Append((id, scene.SourceTree)) : scene.Snapshots;
        foreach ((SnapshotId snapshot, SortedDictionary<string, byte[]> expected) in snapshots)
        {
            (RestoreResult result, SortedDictionary<string, byte[]> tree) = await scene.Repository.RestoreAsync(repository, snapshot);
            Assert.Empty(result.Problems);
            Assert.Empty(RestoredTree.Missing(expected, tree));
            Assert.Empty(RestoredTree.Wrong(expected, tree));
        }
    }
}
