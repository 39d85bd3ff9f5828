using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class CopyTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public CopyTests()
    {
        _dedup.Write("source/a.txt", "hello, world\n");
        _dedup.MakeRepository();
        _dedup.Run("backup", "source", "--host", "web1").Succeeds();
        _dedup.Run("backup", "source", "--host", "web2").Succeeds();
        _dedup.With("DEDUP_PASSWORD", "another").Run("init", "-r", Other).Succeeds();
        _dedup.With("DEDUP_PASSWORD", DedupProgram.Password);
    }

    private string Other => _dedup.Locate("other");

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Snapshots_are_copied_into_a_repository_with_another_password()
    {
        string file = _dedup.Write("password", "another\n");
        string output = _dedup.Run("copy", "--to", Other, "--to-password-file", file).Succeeds().Output;
        Assert.Matches(@"^(snapshot [0-9a-f]{8} copied as [0-9a-f]{8}\n){2}2 snapshots copied, 0 there already; \d+ B read, \d+ blobs stored in [\d.]+ .?i?B\n$", output);
        JsonElement again = _dedup.With("DEDUP_TO_PASSWORD", "another").Run("copy", "--to", Other, "--json").Succeeds().LastJson;
        Assert.Equal((2, true, 0), (
            again.GetProperty("snapshots").GetArrayLength(), again.GetProperty("snapshots")[0].GetProperty("was_there").GetBoolean(), again.GetProperty("blobs_stored").GetInt64()));
        _dedup.Run("restore", "latest", "-r", Other, "--password-file", file, "--target", "restored").Succeeds();
        Assert.Empty(TreeComparer.Differences(_dedup.Files["source"], _dedup.Files["restored"] + _dedup.Files["source"]));
    }

    [Fact]
    public void Snapshots_are_chosen_by_name_or_by_filter()
    {
        _dedup.With("DEDUP_TO_PASSWORD", "another");
        Assert.StartsWith("snapshot ", _dedup.Run("copy", "--to", Other, "--host", "web1").Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("1 snapshots copied, 0 there already", _dedup.Run("copy", "--to", Other, "latest").Succeeds().Output, StringComparison.Ordinal);
        _dedup.Run("copy", "--to", Other, "--host", "nobody").FailsInOneLine(1, "no snapshot fits");
    }

    [Fact]
    public void What_is_copied_shares_its_data_with_backups_made_there_if_it_cuts_as_the_first_does()
    {
        string file = _dedup.Write("password", DedupProgram.Password + "\n"), alike = _dedup.Locate("alike"), own = _dedup.Locate("own");
        byte[] noise = new byte[3 << 20];
        new Random(20261122).NextBytes(noise);
        _dedup.Write("large/noise", Convert.ToBase64String(noise));
        _dedup.Run("backup", "large").Succeeds();
        _dedup.With("DEDUP_PASSWORD", "another").With("DEDUP_TO_PASSWORD", "another");
        _dedup.Run("init", "-r", own).Succeeds();
        _dedup.Run("init", "-r", alike, "--from", _dedup.Location, "--from-password-file", file).Succeeds();
        Assert.Equal(0, AddedAfterCopy(alike));
        Assert.InRange(AddedAfterCopy(own), 1, long.MaxValue);

        long AddedAfterCopy(string to)
        {
            _dedup.Run("copy", "--to", to, "--password-file", file).Succeeds();
            ProgramResult backup = _dedup.Run("backup", "large", "-r", to, "--force", "--json");

            // All of it cut and stored anew looks as if somebody had encrypted it, and an alert may say so.
            Assert.True(backup.ExitCode == 0, backup.Error);
            return backup.LastJson.GetProperty("data_blobs").GetInt64();
        }
    }

    [Fact]
    public void A_repository_to_cut_as_is_asked_for_rightly_or_refused_in_one_line()
    {
        _dedup.Run("init", "-r", _dedup.Locate("new"), "--from", _dedup.Locate("nothing")).FailsInOneLine(10, "there is no repository here");
        _dedup.Run("init", "-r", _dedup.Locate("new"), "--from", Other, "--chunk-size", "1M").FailsInOneLine(2, "exclude each other");
        _dedup.Run("init", "-r", _dedup.Locate("new"), "--from-password-file", "file").FailsInOneLine(2, "without --from");
        _dedup.With("DEDUP_FROM_PASSWORD", "wrong").Run("init", "-r", _dedup.Locate("new"), "--from", Other).FailsInOneLine(12, "password");
        _dedup.With("DEDUP_PASSWORD", "x").Run("snapshots", "-r", _dedup.Locate("new")).FailsInOneLine(10);
    }

    [Fact]
    public void What_cannot_be_copied_into_is_refused_in_one_line()
    {
        _dedup.Run("copy", "--to", Other).FailsInOneLine(2, "there is no password");
        _dedup.With("DEDUP_TO_PASSWORD", "wrong").Run("copy", "--to", Other).FailsInOneLine(12, "password");
        _dedup.With("DEDUP_TO_PASSWORD", DedupProgram.Password).Run("copy", "--to", _dedup.Location).FailsInOneLine(1, "use 'replicate'");
        _dedup.Run("copy", "--to", _dedup.Locate("nothing")).FailsInOneLine(10, "there is no repository here");
        _dedup.Run("copy", "--to", Other, "--to-password-file", "a", "--to-password-command", "b").FailsInOneLine(2, "exclude each other");
    }
}
