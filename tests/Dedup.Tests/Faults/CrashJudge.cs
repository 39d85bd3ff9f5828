using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Tests.Pruning;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Says whether what a crash left keeps the promises: all that was acknowledged is there, and whoever comes next needs no repair.</summary>
internal static class CrashJudge
{
    /// <summary>A stranger finds everything that was acknowledged, and no damage but that of the object that was cut.</summary>
    public static async Task RequireIntactAsync(CrashScene scene, IObjectStore store, string? cut)
    {
        await using Repository stranger = await scene.Repository.OpenAsync(store);
        await RequireRestoresAsync(scene, stranger);
        CheckReport report = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(report.Findings, finding => Assert.True(
            finding.ObjectName == cut || finding.Kind == FindingKind.UnlistedPack, $"the check finds {finding}"));
        Assert.True(cut is null || report.Findings.Any(finding => finding.ObjectName == cut), $"the check does not find {cut}");
    }

    /// <summary>The next backup and the next prunes succeed, and in the end only what is needed is left.</summary>
    public static async Task GoOnAsync(CrashScene scene, IObjectStore store, string cache, string? cut, bool backUpFirst)
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

    public static async Task RequireRestoresAsync(CrashScene scene, Repository repository, SnapshotId? made = null)
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
