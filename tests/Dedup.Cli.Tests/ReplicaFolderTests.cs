using System.Diagnostics;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>Replicas in folders, which unlike places in S3 are made, hold something else, and go away.</summary>
public sealed class ReplicaFolderTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public ReplicaFolderTests()
    {
        _dedup.Write("source/a.txt", "hello, world\n");
        _dedup.MakeRepository();
        _dedup.Run("backup", "source").Succeeds();
    }

    private string Replica => _dedup.Files["offsite/replica"];

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void A_dry_run_makes_no_folder_and_one_that_holds_something_else_is_refused()
    {
        _dedup.Run("replicate", "--to", Replica, "-n").Succeeds();
        Assert.False(Directory.Exists(Replica));
        _dedup.Write("photos/Holiday 1.jpg", "");
        _dedup.Run("replicate", "--to", _dedup.Files["photos"]).FailsInOneLine(1, "Holiday 1.jpg", "choose an empty place");
    }

    [Fact]
    public void Watching_it_copies_what_is_new_survives_a_store_that_goes_away_and_ends_cleanly()
    {
        using Process watch = _dedup.StartBy(["env"], "replicate", "--to", Replica, "--watch", "--interval", "1s", "--json");
        Assert.Equal(1, NextSummary().GetProperty("snapshots_copied").GetInt64());
        _dedup.Run("backup", "source", "--force").Succeeds();
        while (NextSummary().GetProperty("snapshots_copied").GetInt64() == 0)
        {
        }

        ExternalTool.Require("/", "cp", "-r", Replica, _dedup.Files["kept"]);
        Directory.Delete(Replica, recursive: true);
        Assert.Matches(@"; the replica is as the repository was \S+ ago; trying again", watch.StandardError.ReadLine());
        Assert.Contains("there is no repository here", watch.StandardError.ReadLine(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Replica));
        Directory.Move(_dedup.Files["kept"], Replica);
        _dedup.Run("backup", "source", "--force").Succeeds();
        while (NextSummary().GetProperty("snapshots_copied").GetInt64() == 0)
        {
        }

        ExternalTool.Require("/", "kill", "-TERM", $"{watch.Id}");
        Assert.Equal(0, DedupProgram.Finish(watch).ExitCode);
        Assert.Equal(3, _dedup.Run("snapshots", "--json", "-r", Replica).Succeeds().LastJson.GetArrayLength());

        JsonElement NextSummary()
        {
            while (true)
            {
                JsonElement line = JsonDocument.Parse(watch.StandardOutput.ReadLine()!).RootElement;
                if (line.GetProperty("message_type").GetString() == "summary")
                {
                    return line;
                }
            }
        }
    }
}
