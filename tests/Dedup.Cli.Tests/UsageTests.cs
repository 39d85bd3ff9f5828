using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("bakup", "did you mean 'backup'?")]
    [InlineData("snapshots --lates 3", "did you mean '--latest'?")]
    [InlineData("key lst", "did you mean 'list'?")]
    [InlineData("backup", "dedup backup --help")]
    [InlineData("restore latest", "--target")]
    [InlineData("snapshots --latest 0", "--latest 0")]
    [InlineData("snapshots --jobs many", "--jobs many")]
    [InlineData("snapshots --limit-upload fast", "--limit-upload fast: 'fast' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("snapshots --limit-download 8-9=5,8:00-9:00=0", "--limit-download 8-9=5,8:00-9:00=0: '8-9=5' is no period such as 08:00-18:00=500")]
    [InlineData("snapshots extra", "'extra'")]
    [InlineData("snapshots -r s3:", "names no bucket")]
    [InlineData("snapshots -r s3:https://user:secret@host/bucket", "AWS_ACCESS_KEY_ID")]
    [InlineData("snapshots -r s3:s3.amazonaws.com/bucket", "AWS_REGION")]
    [InlineData("init --compression brotli", "brotli")]
    [InlineData("init --chunk-size 100K", "100K")]
    [InlineData("backup . --time yesterday", "yesterday")]
    [InlineData("backup . --time 2999-01-01", "2261")]
    [InlineData("ls latest /a/../b", "'..'")]
    [InlineData("snapshots --password-file a --password-command b", "exclude each other")]
    [InlineData("forget", "--keep-last")]
    [InlineData("forget --dry-run", "--keep-last")]
    [InlineData("forget latest --keep-last 1", "exclude each other")]
    [InlineData("forget latest --keep 30d-12m", "exclude each other")]
    [InlineData("forget --keep-last 0", "--keep-last 0")]
    [InlineData("forget -d -2", "--keep-daily -2")]
    [InlineData("forget -H web1", "--keep-hourly web1")]
    [InlineData("forget --keep-within 0d", "--keep-within 0d")]
    [InlineData("forget --keep-within-weekly soon", "--keep-within-weekly soon")]
    [InlineData("forget --keep-tag ,", "--keep-tag ,")]
    [InlineData("forget --keep 3d", "14d-8w-6m-1y")]
    [InlineData("forget --keep 30d-12m --keep-daily 90", "--keep-daily")]
    [InlineData("forget --keep-last 1 --group-by day", "--group-by day")]
    [InlineData("forget --keep-last 1 --max-unused 5%", "--prune")]
    [InlineData("forget --keep-last 1 --exclusive", "--prune")]
    [InlineData("snapshots --forgotten --latest 1", "exclude each other")]
    [InlineData("prune --max-unused 5", "--max-unused 5")]
    [InlineData("prune --max-unused 101%", "--max-unused 101%")]
    [InlineData("prune --max-unused -1%", "--max-unused -1%")]
    [InlineData("prune --wait 15", "--wait 15")]
    [InlineData("prune --grace 31d", "--grace 31d")]
    [InlineData("prune --session-timeout 5w", "--session-timeout 5w")]
    [InlineData("prune extra", "'extra'")]
    public void A_mistaken_command_line_is_told_in_one_line_with_exit_code_2(string arguments, string word) =>
        _dedup.Run(arguments.Split(' ')).FailsInOneLine(2, word);

    [Fact]
    public void Without_a_repository_named_nothing_is_done() =>
        _dedup.With("DEDUP_REPOSITORY", null).Run("snapshots").FailsInOneLine(2, "--repo", "DEDUP_REPOSITORY");

    [Fact]
    public void A_stack_trace_is_shown_with_vv_only()
    {
        Assert.DoesNotContain("   at ", _dedup.Run("snapshots", "-v").Error, StringComparison.Ordinal);
        Assert.Contains("   at ", _dedup.Run("snapshots", "-vv").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_tells_of_every_command_with_examples()
    {
        string help = _dedup.Run("--help").Succeeds().Output;
        string[] commands = ["init", "backup", "snapshots", "ls", "dump", "restore", "stats", "forget", "prune", "check", "key", "cache", "version"];
        Assert.All(commands, command => Assert.Contains("\n  " + command, help));
        Assert.Equal(help, _dedup.Run("help").Succeeds().Output);
        Assert.Equal(help, _dedup.Run().Succeeds().Output);
        Assert.Contains("Examples:\n  dedup forget", _dedup.Run("forget", "--help").Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  dedup prune", _dedup.Run("help", "prune").Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  dedup key add", _dedup.Run("help", "key", "add").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_told()
    {
        Assert.Matches(@"^dedup \d+\.\d+\.\d+ ", _dedup.Run("version").Succeeds().Output);
        Assert.Equal(_dedup.Run("version").Output, _dedup.Run("--version").Succeeds().Output);
        JsonElement json = _dedup.Run("version", "--json").Succeeds().Json;
        Assert.Contains("dedup " + json.GetProperty("version").GetString(), _dedup.Run("version").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_at_sign_begins_a_path_like_any_other_and_no_list_of_arguments()
    {
        _dedup.Write("@list", "--init");
        _dedup.Run("backup", "@list").FailsInOneLine(10, "init");
    }
}
