using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class ForgetTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public ForgetTests()
    {
        _dedup.Write("source/file", "text");
        _dedup.MakeRepository();
    }

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Each_group_is_told_by_itself_and_each_snapshot_that_stays_says_why()
    {
        string[] web1 = [BackUp("2026-01-01", "web1"), BackUp("2026-01-02", "web1"), BackUp("2026-01-03", "web1")];
        string web2 = BackUp("2025-12-24", "web2");

        JsonElement groups = _dedup.Run("forget", "--keep-daily", "2", "--json").Succeeds().Json;

        Assert.Equal(["web1", "web2"], groups.EnumerateArray().Select(group => group.GetProperty("host").GetString()));
        Assert.Equal([_dedup.Files["source"]], groups[0].GetProperty("paths").EnumerateArray().Select(path => path.GetString()));
        Assert.False(groups[0].TryGetProperty("tags", out _));
        Assert.Equal([web1[2], web1[1]], Ids(groups[0].GetProperty("keep")));
        Assert.Equal([web1[0]], Ids(groups[0].GetProperty("remove")));
        Assert.Equal([web1[2], web1[1]], groups[0].GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("snapshot").GetProperty("id").GetString()));
        Assert.Equal("daily snapshot", groups[0].GetProperty("reasons")[0].GetProperty("matches")[0].GetString());
        Assert.Empty(Ids(groups[1].GetProperty("remove")));
        Assert.Equal([web2, web1[1], web1[2]], Snapshots());
    }

    [Fact]
    public void A_dry_run_shows_what_stays_and_what_goes_and_changes_nothing()
    {
        string[] ids = [BackUp("2026-01-01", "web1", "a,b"), BackUp("2026-02-01", "web1"), BackUp("2026-02-02", "web1")];
        string source = _dedup.Files["source"];
        ProgramResult run = _dedup.Run("forget", "-l", "1", "-y", "-1", "--keep-tag", "b,a", "--dry-run").Succeeds();

        Assert.Equal($"snapshots of host web1, paths [{source}]:", run.OutputLines[0]);
        Assert.Equal("keep 2 snapshots:", run.OutputLines[1]);
        Assert.Contains($"  {ids[2][..8]}   2026-02-02 00:00:00   web1          last snapshot            {source}", run.OutputLines);
        Assert.Contains($"  {ids[0][..8]}   2026-01-01 00:00:00   web1   a,b    has tags [b, a]          {source}", run.OutputLines);
        Assert.Contains("forget 1 snapshot:", run.OutputLines);
        Assert.Contains($"  {ids[1][..8]}   2026-02-01 00:00:00   web1          {source}", run.OutputLines);
        Assert.EndsWith("dry run: 1 snapshot would be forgotten\n", run.Output);
        Assert.Equal(ids, Snapshots());
        Assert.Equal(0, _dedup.Run("snapshots", "--forgotten", "--json").Succeeds().Json.GetArrayLength());

        ProgramResult compact = _dedup.Run("forget", "-l", "1", "-y", "unlimited", "-n", "-c").Succeeds();
        Assert.Contains($"  {ids[2][..8]}   2026-02-02 00:00:00   web1          last snapshot, yearly snapshot", compact.OutputLines);
        Assert.DoesNotContain(compact.OutputLines, line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains(source, StringComparison.Ordinal));
        Assert.Empty(_dedup.Run("forget", "-l", "1", "-n", "-q").Succeeds().Output);
    }

    [Fact]
    public void Who_forgot_a_snapshot_when_and_by_which_rule_stays_on_record()
    {
        string[] ids = [BackUp("2026-01-01", "web1", "a"), BackUp("2026-01-02", "web1"), BackUp("2026-01-03", "web2")];
        Assert.EndsWith("\n1 snapshot forgotten; its data goes with the next 'dedup prune'\n", _dedup.Run("forget", ids[1][..8]).Succeeds().Output);
        _dedup.Run("forget", "--host", "web1", "--keep-tag", "none", "--unsafe-allow-remove-all").Succeeds();

        JsonElement records = _dedup.Run("snapshots", "--forgotten", "--json").Succeeds().Json;
        Assert.Equal([ids[1], ids[0]], Ids(records));
        Assert.Equal(["by id", "tags [none]"], records.EnumerateArray().Select(record => record.GetProperty("rule").GetString()));
        Assert.Equal(Environment.UserName, records[0].GetProperty("forgotten_username").GetString());
        Assert.Equal(Environment.MachineName, records[0].GetProperty("forgotten_hostname").GetString());
        Assert.True(records[0].GetProperty("forgotten_time").GetDateTimeOffset() <= records[1].GetProperty("forgotten_time").GetDateTimeOffset());
        Assert.Equal("a", records[1].GetProperty("tags")[0].GetString());
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), records[1].GetProperty("time").GetDateTimeOffset());

        string table = _dedup.Run("snapshots", "--forgotten").Succeeds().Output;
        Assert.Matches($"{ids[1][..8]} +2026-01-02 00:00:00 +web1 +.*{Environment.UserName}@{Environment.MachineName} +by id\n", table);
        Assert.EndsWith("2 forgotten snapshots\n", table);
        Assert.Equal([ids[0]], Ids(_dedup.Run("snapshots", "--forgotten", "--tag", "a", "--json").Succeeds().Json));
        Assert.Equal([ids[2]], Snapshots());
    }

    [Fact]
    public void Snapshots_are_forgotten_by_name_all_or_none()
    {
        string[] ids = [BackUp("2026-01-01", "web1"), BackUp("2026-01-02", "web1"), BackUp("2026-01-03", "web2"), BackUp("2026-01-04", "web3")];
        _dedup.Run("forget", ids[0], "ffffffff").FailsInOneLine(1, "ffffffff");
        _dedup.Run("forget", ids[0], new string('f', 32)).FailsInOneLine(1, new string('f', 32));
        Assert.Equal(ids, Snapshots());

        JsonElement group = Assert.Single(_dedup.Run("forget", "latest", ids[0][..10], ids[0], "--host", "web2", "--json").Succeeds().Json.EnumerateArray());
        Assert.Equal([ids[2], ids[0]], Ids(group.GetProperty("remove")));
        Assert.Empty(Ids(group.GetProperty("keep")));
        Assert.Equal([ids[1], ids[3]], Snapshots());
        _dedup.Run("forget", ids[0]).FailsInOneLine(1, ids[0]);
    }

    [Fact]
    public void A_damaged_snapshot_is_forgotten_by_its_whole_id_and_then_the_repository_is_whole()
    {
        string[] ids = [BackUp("2026-01-01", "web1"), BackUp("2026-01-02", "web1")];
        string damaged = $"snapshots/{ids[0]}";
        _dedup.Objects().Flip(damaged, ^1);

        // On another machine: this one may remember the snapshot as it was.
        _dedup.With("DEDUP_CACHE_DIR", _dedup.Files["other cache"]);
        Assert.Equal(1, _dedup.Run("check").ExitCode);
        Assert.Equal(1, _dedup.Run("prune").ExitCode);
        Assert.Equal(1, _dedup.Run("forget", ids[0][..8]).ExitCode);

        ProgramResult dry = _dedup.Run("forget", ids[0], "--dry-run", "--prune");
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains($"  {ids[0][..8]}   damaged", dry.OutputLines);
        Assert.Contains(damaged, _dedup.Objects().Names("snapshots"));
        ProgramResult real = _dedup.Run("forget", ids[0], "--json");
        Assert.Equal(0, real.ExitCode);
        Assert.Equal(ids[0], real.Json[0].GetProperty("damaged")[0].GetString());

        _dedup.Run("check").Succeeds();
        _dedup.Run("prune").Succeeds();
        Assert.Equal([ids[1]], Snapshots());
        JsonElement record = Assert.Single(_dedup.Run("snapshots", "--forgotten", "--json").Succeeds().Json.EnumerateArray());
        Assert.Equal(ids[0], record.GetProperty("id").GetString());
        Assert.False(record.TryGetProperty("time", out _));
        Assert.Contains(ids[0][..8] + "   lost", _dedup.Run("snapshots", "--forgotten").Succeeds().Output);
    }

    [Fact]
    public void Rules_that_keep_nothing_of_a_group_are_refused_unless_that_is_meant()
    {
        string[] ids = [BackUp("2026-01-01", "web1", "a"), BackUp("2026-01-02", "web2")];
        _dedup.Run("forget", "--keep-tag", "a").FailsInOneLine(1, "host web2", "--unsafe-allow-remove-all");
        _dedup.Run("forget", "--keep-tag", "a", "--dry-run").FailsInOneLine(1, "host web2");
        Assert.Equal(ids, Snapshots());
        _dedup.Run("forget", "--keep-tag", "a", "--unsafe-allow-remove-all").Succeeds();
        Assert.Equal([ids[0]], Snapshots());
    }

    private string BackUp(string day, string host, string? tags = null) =>
        _dedup.Run(["backup", "source", "--json", "--host", host, "--time", day + "T00:00:00Z", .. tags is null ? Array.Empty<string>() : ["--tag", tags]])
            .Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;

    /// <summary>The ids of the snapshots that are there, the oldest first.</summary>
    private IEnumerable<string> Snapshots() => Ids(_dedup.Run("snapshots", "--json").Succeeds().Json);

    private static IEnumerable<string> Ids(JsonElement snapshots) => snapshots.EnumerateArray().Select(snapshot => snapshot.GetProperty("id").GetString()!);
}
