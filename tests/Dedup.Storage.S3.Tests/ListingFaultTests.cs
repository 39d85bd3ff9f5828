using Dedup.Cli.Tests;
using Dedup.Maintenance;
using Dedup.Storage.S3.Tests.Proxy;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Storage.S3.Tests;

/// <summary>A server that shows less than there is, or in another way: what a prune cannot see it must not take for unneeded.</summary>
public sealed class ListingFaultTests(CephServer server, ITestOutputHelper output) : IClassFixture<CephServer>
{
    [Fault(30)]
    [Fact]
    public async Task An_old_state_that_is_served_again_is_noticed_by_who_saw_a_newer_one()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        place.Fill(seed: 1);
        SnapshotId old = await place.BackUpAsync();
        IReadOnlyDictionary<string, byte[]> state = await place.SaveAsync();
        place.Fill(seed: 2);
        SnapshotId lost = await place.BackUpAsync();
        await place.PutBackAsync(state);
        place.Snapshots.Remove(lost);

        await RequireMissingAsync(place, lost);
        PruneStoppedException stopped = await Assert.ThrowsAsync<PruneStoppedException>(() => place.PruneAsync());
        Assert.Contains(lost.ToString(), stopped.Message, StringComparison.Ordinal);
        Assert.Equal(state.Count, (await place.SaveAsync()).Keys.Intersect(state.Keys).Count());

        // Backups go on, and once somebody says that it is lost so do prunes.
        SnapshotId next = await place.BackUpAsync();
        await place.ForgetAsync(lost);
        await place.ForgetAsync(old);
        Assert.True((await place.PruneAsync()).PacksDeleted > 0);
        Assert.Equal([next], place.Snapshots);

        // The records of what was lost are lost too, and that stays visible; every backup is whole.
        await place.RequireWholeAsync(exceptEvidence: true);
    }

    [Fault(31)]
    [Fact]
    public async Task A_snapshot_that_is_hidden_is_noticed_by_who_saw_it_and_stops_prunes()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        (SnapshotId hidden, _) = await PrepareAsync(place, hidesNewest: true);

        // In no listing, and not there when it is asked for.
        place.Proxy.Add(new ProxyRule(ListingFaults.Hide(hidden.ToString())) { Operation = ProxiedRequest.List });
        place.Proxy.Add(new ProxyRule(ProxyFaults.Refuse(404, "NoSuchKey")) { Operation = "GET", Key = $"snapshots/{hidden}" });
        place.Proxy.Add(new ProxyRule(ProxyFaults.Refuse(404, "NoSuchKey")) { Operation = "HEAD", Key = $"snapshots/{hidden}" });
        await RequireMissingAsync(place, hidden);
        await RequireStopsAsync(place, hidden.ToString());
        await place.RequireRestoresAsync(place.Snapshots[0]);
        await place.RequireWholeAsync();
        Assert.True((await place.PruneAsync()).PacksDeleted > 0);
        await place.RequireWholeAsync();
    }

    [Fact]
    public async Task A_hidden_snapshot_that_is_the_parent_of_another_stops_prunes_of_machines_that_never_saw_it()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        (SnapshotId hidden, _) = await PrepareAsync(place, hidesNewest: false);
        place.Proxy.Add(new ProxyRule(ListingFaults.Hide(hidden.ToString())) { Operation = ProxiedRequest.List });
        await RequireStopsAsync(place, hidden.ToString(), client: "newcomer");
        await place.RequireWholeAsync();
    }

    [Fault(32)]
    [Theory]
    [InlineData("snapshots", true)]
    [InlineData("packs", true)]
    [InlineData("index", false)]
    [InlineData("forgotten", false)]
    public async Task A_page_of_a_listing_that_is_lost_costs_no_snapshot(string folder, bool stops)
    {
        foreach (bool isLast in (bool[])[true, false])
        {
            await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
            await PrepareAsync(place, hidesNewest: true);
            string[] before = [.. (await place.SaveAsync()).Keys.Where(key => key.Contains("/packs/", StringComparison.Ordinal))];
            place.Proxy.Add(new ProxyRule(isLast ? ListingFaults.EndEarly() : ListingFaults.LosePage()) { Operation = ProxiedRequest.List, Key = $"/{folder}/$" });
            if (stops)
            {
                await RequireStopsAsync(place, "", page: 1);
                Assert.Empty(before.Except((await place.SaveAsync()).Keys));
            }
            else
            {
                // Nothing hangs on what these listings show: it is rebuilt, or kept for longer.
                try
                {
                    await place.PruneAsync(page: 1);
                }
                catch (PruneStoppedException stopped)
                {
                    output.WriteLine($"{folder}: {stopped.Message}");
                }
            }

            await place.RequireWholeAsync();
            Assert.Equal(2, place.Snapshots.Count);
        }
    }

    [Fact]
    public async Task The_program_names_what_the_store_does_not_show_and_goes_on_when_it_is_forgotten()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        place.Fill(seed: 1);
        await place.BackUpAsync();
        SnapshotId kept = await place.BackUpAsync();
        SnapshotId lost = await place.BackUpAsync();
        DedupProgram dedup = place.Program();
        place.Proxy.Add(new ProxyRule(ListingFaults.Hide(lost.ToString())) { Operation = ProxiedRequest.List, Key = "/snapshots/$" });
        place.Proxy.Add(new ProxyRule(ProxyFaults.Refuse(404, "NoSuchKey")) { Operation = "GET", Key = $"snapshots/{lost}" });
        place.Proxy.Add(new ProxyRule(ProxyFaults.Refuse(404, "NoSuchKey")) { Operation = "HEAD", Key = $"snapshots/{lost}" });

        dedup.Run("prune").FailsInOneLine(1, $"forget {lost}");
        ProgramResult snapshots = dedup.Run("snapshots");
        Assert.Equal(0, snapshots.ExitCode);
        Assert.Contains(lost.ToString(), Assert.Single(snapshots.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, dedup.Run("forget", lost.ToString()).ExitCode);
        dedup.Run("prune").Succeeds();
        dedup.Run("check").Succeeds();
        place.Snapshots.Remove(lost);
        Assert.Contains(kept, place.Snapshots);
        await place.RequireWholeAsync();
    }

    /// <summary>Two snapshots that are needed, and one that is not, so that a prune has something to do.</summary>
    private static async Task<(SnapshotId Hidden, SnapshotId Other)> PrepareAsync(FaultyPlace place, bool hidesNewest)
    {
        place.Fill(seed: 1);
        SnapshotId unneeded = await place.BackUpAsync();
        place.Fill(seed: 2);
        SnapshotId first = await place.BackUpAsync();
        place.Fill(seed: 3);
        SnapshotId second = await place.BackUpAsync();
        await place.ForgetAsync(unneeded);
        return hidesNewest ? (second, first) : (first, second);
    }

    private static async Task RequireMissingAsync(FaultyPlace place, SnapshotId missing)
    {
        CheckReport report = await place.CheckAsync();
        Assert.Equal($"snapshots/{missing}", Assert.Single(report.Findings, finding => finding.Kind == FindingKind.MissingSnapshot).ObjectName);
    }

    private static async Task RequireStopsAsync(FaultyPlace place, string words, string client = "client", int page = 1000)
    {
        PruneStoppedException stopped = await Assert.ThrowsAsync<PruneStoppedException>(() => place.PruneAsync(client, page: page));
        Assert.Contains(words, stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', stopped.Message);
    }
}
