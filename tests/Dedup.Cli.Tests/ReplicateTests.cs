using System.Text.Json;
using System.Text.RegularExpressions;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class ReplicateTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public ReplicateTests()
    {
        _dedup.Write("source/a.txt", "hello, world\n");
        _dedup.MakeRepository();
        _dedup.Run("backup", "source").Succeeds();
    }

    private string Replica => _dedup.Locate("offsite/replica");

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void A_replica_is_made_without_the_password_and_restores_with_it()
    {
        _dedup.With("DEDUP_PASSWORD", null);
        Assert.Matches(
            @"^\d+ objects, [\d.]+ [KM]?i?B, to copy; 1 snapshot of them\nthe replica is 1 snapshot and [\d.]+ [KM]?i?B behind\ndry run: nothing was changed\n$",
            _dedup.Run("replicate", "--to", Replica, "-n").Succeeds().Output);
        _dedup.Run("snapshots", "-r", Replica).FailsInOneLine(10);
        Assert.Matches(
            @"^\d+ objects, [\d.]+ [KM]?i?B, copied; 1 snapshot of them\nthe replica has every snapshot\n$",
            _dedup.Run("replicate", "--to", Replica).Succeeds().Output);
        Assert.Equal("0 objects, 0 B, copied; 0 snapshots of them\nthe replica has every snapshot\n", _dedup.Run("replicate", "--to", Replica).Succeeds().Output);
        Assert.Matches(@"\n\d+ objects of the replica read and found whole\n", _dedup.Run("replicate", "--to", Replica, "--verify").Succeeds().Output);
        _dedup.With("DEDUP_PASSWORD", DedupProgram.Password);
        _dedup.Run("check", "--read-data", "-r", Replica).Succeeds();
        _dedup.Run("restore", "latest", "-r", Replica, "--target", "restored").Succeeds();
        Assert.Empty(TreeComparer.Differences(_dedup.Files["source"], _dedup.Files["restored"] + _dedup.Files["source"]));
    }

    [Fact]
    public void With_a_password_at_hand_it_is_on_record_and_without_one_or_with_a_wrong_one_it_succeeds_all_the_same()
    {
        _dedup.Run("replicate", "--to", Replica, "--dry-run").Succeeds();
        _dedup.With("DEDUP_PASSWORD", null);
        _dedup.Run("replicate", "--to", Replica).Succeeds();
        _dedup.With("DEDUP_PASSWORD", "another");
        ProgramResult wrong = _dedup.Run("replicate", "--to", Replica);
        Assert.Equal(0, wrong.ExitCode);
        Assert.Contains("NO RECORD", Assert.Single(wrong.ErrorLines), StringComparison.Ordinal);
        ProgramResult missing = _dedup.Run("replicate", "--to", Replica, "--password-file", _dedup.Locate("nothing"));
        Assert.Equal(0, missing.ExitCode);
        Assert.Contains("NO RECORD", Assert.Single(missing.ErrorLines), StringComparison.Ordinal);
        _dedup.With("DEDUP_PASSWORD", DedupProgram.Password);
        Assert.DoesNotContain("replicate", _dedup.Run("evidence", "list").Succeeds().Output, StringComparison.Ordinal);

        _dedup.Run("replicate", "--to", Replica).Succeeds();
        Assert.Matches($@"replicate .*{Regex.Escape(Replica)}", _dedup.Run("evidence", "list").Succeeds().Output);
    }

    [Fact]
    public void Json_tells_what_was_copied_and_how_far_the_replica_is_behind()
    {
        JsonElement dry = _dedup.Run("replicate", "--to", Replica, "--dry-run", "--json").Succeeds().LastJson;
        Assert.Equal((true, 1, 1), (dry.GetProperty("dry_run").GetBoolean(), dry.GetProperty("snapshots_behind").GetInt64(), dry.GetProperty("snapshots_copied").GetInt64()));
        JsonElement run = _dedup.Run("replicate", "--to", Replica, "--json").Succeeds().LastJson;
        Assert.Equal(("summary", 1, 0, 0), (
            run.GetProperty("message_type").GetString(), run.GetProperty("snapshots_copied").GetInt64(), run.GetProperty("bytes_behind").GetInt64(), run.GetProperty("num_problems").GetInt64()));
    }

    [Fact]
    public void What_is_forgotten_stays_in_the_replica_until_it_is_told_to_prune()
    {
        _dedup.Run("replicate", "--to", Replica).Succeeds();
        _dedup.Run("backup", "source", "--force").Succeeds();
        string first = _dedup.Run("snapshots", "--json").Succeeds().LastJson[0].GetProperty("id").GetString()!;
        _dedup.Run("forget", first, "--prune").Succeeds();
        Assert.Contains("\n1 snapshot kept that the repository has forgotten\n", _dedup.Run("replicate", "--to", Replica).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal(2, _dedup.Run("snapshots", "--json", "-r", Replica).Succeeds().LastJson.GetArrayLength());
        Assert.Contains("deleted\n", _dedup.Run("replicate", "--to", Replica, "--prune-target", "--allow-large-deletion").Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal(1, _dedup.Run("snapshots", "--json", "-r", Replica).Succeeds().LastJson.GetArrayLength());
        Assert.Equal(first, _dedup.Run("snapshots", "--forgotten", "--json", "-r", Replica).Succeeds().LastJson[0].GetProperty("id").GetString());
    }

    [Fact]
    public void What_cannot_be_a_replica_is_refused_in_one_line()
    {
        _dedup.Run("replicate", "--to", _dedup.Location).FailsInOneLine(2, "is the repository itself");
        _dedup.Run("replicate", "--to", "").FailsInOneLine(2, "--to is empty");
        _dedup.Run("replicate", "--to", Replica, "--interval", "5s").FailsInOneLine(2, "--watch");
        _dedup.Run("replicate", "--to", Replica, "--watch", "--dry-run").FailsInOneLine(2, "exclude each other");
        _dedup.Run("replicate", "-r", _dedup.Locate("nothing"), "--to", Replica).FailsInOneLine(10, "there is no repository here");
        _dedup.Run("init", "-r", _dedup.Locate("other")).Succeeds();
        _dedup.Run("replicate", "--to", _dedup.Locate("other")).FailsInOneLine(1, "holds another repository");
    }

    [Fact]
    public void A_damaged_object_is_named_and_the_exit_code_says_so()
    {
        string pack = _dedup.Objects().Names("packs")[0];
        _dedup.Objects().Flip(pack, ^1);
        ProgramResult run = _dedup.Run("replicate", "--to", Replica);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{pack}: is damaged", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 snapshots are held back", run.Error, StringComparison.Ordinal);
        _dedup.Run("snapshots", "-r", Replica).Succeeds();
    }
}
