using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>Which snapshots the rules of forget keep: dry runs over one repository.</summary>
public sealed class RetentionTests(DatedSnapshots snapshots) : IClassFixture<DatedSnapshots>
{
    [Theory]
    [InlineData("--keep-last 1 --group-by ", "2200-01-01 2026-03-02")]
    [InlineData("--keep-last 1 --group-by host", "2200-01-01 2026-03-02 2026-02-03")]
    [InlineData("--keep-last 1 --group-by host,tags", "2200-01-01 2026-03-02 2026-03-01 2026-02-03")]
    [InlineData("--keep-last 1 --host web1", "2026-03-02")]
    [InlineData("--keep-last 1 --tag a", "2026-03-01")]
    [InlineData("--keep-last 1 --path /elsewhere", "")]
    [InlineData("--keep-daily 2 --host web1", "2026-03-02 2026-03-01")]
    [InlineData("--keep-hourly unlimited --host web1", "2026-03-02 2026-03-01 2026-01-04")]
    [InlineData("--keep-within 10d", "2200-01-01 2026-03-02 2026-03-01 2026-02-03")]
    [InlineData("--keep-within-monthly 1y --group-by ", "2200-01-01 2026-03-02 2026-02-03 2026-01-04")]
    [InlineData("--keep-last 1 --keep-tag a --host web1", "2026-03-02 2026-03-01 2026-01-04")]
    [InlineData("--keep-tag  --host web1", "2026-03-02")]
    [InlineData("--keep 30d-12m", "2200-01-01 2026-03-02 2026-03-01 2026-02-03 2026-01-04")]
    public void Rules_filters_and_groups_decide_what_stays(string options, string kept)
    {
        JsonElement groups = snapshots.Program.Run(["forget", "--dry-run", "--json", .. options.Split(' ')]).Succeeds().Json;
        IEnumerable<string> days = groups.EnumerateArray()
            .SelectMany(group => group.GetProperty("keep").EnumerateArray())
            .Select(snapshot => snapshot.GetProperty("time").GetString()![..10]);
        Assert.Equal(kept, string.Join(' ', days.OrderDescending()));
    }

    [Fault(40)]
    [Fact]
    public void A_clock_far_ahead_pushes_no_true_snapshot_out()
    {
        JsonElement group = snapshots.Program.Run("forget", "--keep-last", "1", "--host", "web2", "--dry-run", "--json").Succeeds().Json[0];
        Assert.Empty(group.GetProperty("remove").EnumerateArray());
        Assert.Equal(
            ["time in the future", "last snapshot"],
            group.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("matches")[0].GetString()));
    }
}
