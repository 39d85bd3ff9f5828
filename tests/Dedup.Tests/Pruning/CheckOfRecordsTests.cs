using Dedup.Format;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>A check knows what prunes and forgets leave behind.</summary>
public sealed class CheckOfRecordsTests
{
    private const string Number = "0000000000000001";

    [Theory]
    [InlineData("gc/" + Number + ".sweep")]
    [InlineData("gc/" + Number + ".done")]
    [InlineData("forgotten/")]
    [InlineData("sessions/")]
    public async Task A_damaged_record_is_found_and_named(string prefix)
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        StoreContent content = await MakeAsync(scene);
        string name = content.Names.First(name => name.StartsWith(prefix, StringComparison.Ordinal));
        Assert.Empty(await CheckAsync(scene, content));
        CheckFinding finding = Assert.Single(await CheckAsync(scene, content.WithFlip(name, 90)));
        Assert.Equal((FindingKind.DamagedObject, name), (finding.Kind, finding.ObjectName));
        Assert.NotEmpty(await CheckAsync(scene, content.With((name, content[name][..40]))));
        Assert.NotEmpty(await CheckAsync(scene, content.With((prefix.Split('/')[0] + "/stray", [1]))));
    }

    [Fact]
    public async Task A_missing_record_is_found_and_named()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await MakeAsync(scene);
        await new GcLog(scene.Store, scene.Keys).TryPutAsync(new GcRecord(3, GcStep.Mark, [], 0, "host", "program"), CancellationToken.None);
        CheckFinding finding = Assert.Single(await CheckAsync(scene, await StoreContent.ReadAsync(scene.Store)));
        Assert.Contains("gc/0000000000000002", finding.ObjectName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aborted_session_and_the_rest_of_a_probe_are_no_damage()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        StoreContent content = await MakeAsync(scene);
        SnapshotId id = SnapshotId.Generate();
        byte[] abort = SnapshotFormat.Seal(new SlotAbort(id, 0, "host", "program", "reason"), scene.Keys);
        Assert.Empty(await CheckAsync(scene, content.With(
            (RepositoryObjects.Snapshot(id).Value, abort), (RepositoryObjects.Probe(SnapshotId.Generate()).Value, [1, 2, 3]))));
    }

    [Fact]
    public async Task All_packs_that_ever_went_are_known()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        HashSet<PackId> before = [.. await scene.PacksAsync()];
        for (int i = 0; i < 3; i++)
        {
            SnapshotId gone = await scene.BackUpAsync(($"gone-{i}", 5_000));
            scene.Source.Root.Remove($"gone-{i}");
            before.UnionWith(await scene.PacksAsync());
            await scene.ForgetAsync(gone);
            await scene.PruneAsync();
        }

        before.ExceptWith(await scene.PacksAsync());
        Assert.True(before.Count >= 5);
        Assert.Equal(before.Order(), (await new GcLog(scene.Store, scene.Keys).ReadSweptAsync(CancellationToken.None)).Order());
    }

    /// <summary>A repository that was pruned, with a session that is not decided.</summary>
    private static async Task<StoreContent> MakeAsync(PruneScene scene)
    {
        SnapshotId gone = await scene.BackUpAsync(("gone", 5_000));
        scene.Source.Root.Remove("gone");
        await scene.BackUpAsync(("kept", 5_000));
        await scene.ForgetAsync(gone);
        PruneReport report = await scene.PruneAsync();
        Assert.True(report.PacksDeleted > 0);
        await BackupSession.BeginAsync(scene.Store, scene.Keys, "host", RunningProcess.Current, 0, "program", CancellationToken.None);
        return await StoreContent.ReadAsync(scene.Store);
    }

    private static async Task<IReadOnlyList<CheckFinding>> CheckAsync(PruneScene scene, StoreContent content)
    {
        await using Repository opened = await scene.Test.OpenAsync(content.ToStore());
        return (await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings;
    }
}
