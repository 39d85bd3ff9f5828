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
    [InlineData("snapshots extra", "'extra'")]
    [InlineData("snapshots -r s3:bucket", "s3:bucket")]
    [InlineData("init --compression brotli", "brotli")]
    [InlineData("init --chunk-size 100K", "100K")]
    [InlineData("backup . --time yesterday", "yesterday")]
    [InlineData("ls latest /a/../b", "'..'")]
    [InlineData("snapshots --password-file a --password-command b", "exclude each other")]
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
        string[] commands = ["init", "backup", "snapshots", "ls", "dump", "restore", "stats", "check", "key", "cache", "version"];
        Assert.All(commands, command => Assert.Contains("\n  " + command, help));
        Assert.Equal(help, _dedup.Run("help").Succeeds().Output);
        Assert.Equal(help, _dedup.Run().Succeeds().Output);
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
