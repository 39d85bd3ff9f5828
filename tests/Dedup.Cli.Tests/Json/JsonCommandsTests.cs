using System.Diagnostics;
using System.Runtime.Versioning;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Json;

/// <summary>Each command with <c>--json</c>; that what it prints is what the schema tells is looked at whenever a test runs the program so.</summary>
[SupportedOSPlatform("linux")]
public sealed class JsonCommandsTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Every_message_of_the_schema_is_printed_by_some_command()
    {
        _dedup.Write("source/a", "text");
        _dedup.Write("source/b", new string('x', 100_000));
        File.CreateSymbolicLink(_dedup.Files["source/link"], "a");
        _dedup.MakeRepository();
        Run("backup", "source", "-v");
        Run("backup", "source", "--dry-run");
        _dedup.Write("source/a", "other text");
        Run("backup", "source", "--tag", "x");
        LookAtAll();
        ChangeAll();
        Plan();
        Prove();
        Damage();
        Serve();

        // These need a store that locks objects, and are looked at where the tests have one.
        string[] elsewhere = ["dedup-extend-locks", "LockStatus", "LockSummary"];
        IEnumerable<string> types = JsonMessages.Streams.SelectMany(stream => stream.Types).Select(JsonSchemaDocument.NameOf);
        Assert.Empty(types.Except(JsonOutputCheck.Seen).Except(elsewhere));
    }

    private void LookAtAll()
    {
        Run("snapshots");
        Run("snapshots", "--group-by", "host");
        Run("ls", "latest", "--long");
        Run("find", "a");
        Run("history", _dedup.Files["source/a"]);
        Run("diff", "latest", "latest");
        string[] ids = [.. _dedup.Run("snapshots", "--json").Json.EnumerateArray().Select(snapshot => snapshot.GetProperty("id").GetString()!)];
        Run("diff", ids[0], ids[1]);
        Run("stats");
        Run("stats", "latest");
        Run("stats", "--mode", "raw-data");
        Run("stats", "latest", "--mode", "cost");
        Run("restore", "latest", "--target", "restored");
        Run("restore", "latest", "--target", "restored", "--dry-run", "-v", "--verify");
        Run("export", "latest", "out.tar");
        Run("key", "list");
        Run("key", "test");
        Run("cache");
        Run("version");
        Run("check");
        Run("drill", "--sample", "1K", "--objective", "1h");
        _dedup.Run("drill", "--check", "false", "--json");
        _dedup.Run("snapshots", "--json", "-r", "nowhere");
    }

    private void ChangeAll()
    {
        _dedup.Write("password", "other");
        Run("key", "add", "--recovery");
        Run("key", "passwd", "--new-password-file", "password");
        _dedup.With("DEDUP_PASSWORD", "other").With("DEDUP_TO_PASSWORD", "other");
        Run("tag", "--add", "y", "latest");
        Run("tag", "--remove", "y", "latest");
        Run("init", "-r", "copy");
        Run("copy", "--to", "copy");
        Run("replicate", "--to", "replica");
        Run("forget", "--keep-last", "1");
        Run("forget", "--keep-last", "1", "--prune", "--dry-run");
        Run("snapshots", "--forgotten");
        Run("prune");
    }

    private void Plan()
    {
        _dedup.Write("dedup.yaml", """
            repositories: {main: {place: /srv/backup, password: {file: /etc/dedup/password}, replicas: {copy: {place: /mnt/copy}}}}
            sources: {documents: {paths: /srv/documents, schedule: every 12h, objectives: {rpo: 24h}}}
            """);
        Run("policy", "check");
        Run("policy", "show");
        Run("schedule", "install", "--cron", "--print");
        _dedup.Write("run password", "correct horse");
        _dedup.Write("dedup.yaml", $"""
            state: {_dedup.Files["state"]}
            repositories:
              main:
                place: {_dedup.Files["planned"]}
                password:
                  file: {_dedup.Files["run password"]}
                replicas:
                  copy:
                    place: {_dedup.Files["planned copy"]}
            sources:
              documents:
                paths: {_dedup.Files["source"]}
                schedule: daily at 02:00
            """);
        Run("init", "-r", "planned", "--password-file", "run password");
        Run("run");
        Run("status");
    }

    private void Prove()
    {
        Run("evidence", "list");
        Run("evidence", "verify");
        Run("evidence", "export", "evidence.jsonl");
        Run("evidence", "report", "--output", "report.html");
    }

    private void Damage()
    {
        foreach (string what in (string[])["index", "packs", "prunes", "snapshots"])
        {
            Run("repair", what);
        }

        // A list with a pattern that matches nothing is worth a warning, and so is a pipe in a zip.
        ExternalTool.Require(_dedup.Files.Path, "mkfifo", "source/pipe");
        _dedup.Write("list", "source\nnothing*\n");
        _dedup.Run("backup", "--files-from", "list", "--json");
        _dedup.Run("export", "latest", "out.zip", "--json");
        StoredObjects objects = _dedup.Objects();
        objects.Flip(objects.Longest("packs"), ^20);
        _dedup.Run("check", "--read-data", "--json");
        _dedup.With("DEDUP_CACHE_DIR", _dedup.Files["other cache"]).Run("restore", "latest", "--target", "third", "--json");
    }

    private void Serve()
    {
        using Process server = _dedup.StartBy(["env"], "serve", "--listen", "localhost:0", "--json");
        JsonOutputCheck.Check("dedup-serve", [server.StandardOutput.ReadLine()!]);
        ExternalTool.Require("/", "kill", "-TERM", $"{server.Id}");
        Assert.Equal(0, DedupProgram.Finish(server).ExitCode);
    }

    private void Run(params string[] arguments) => _dedup.Run([.. arguments, "--json"]).SucceedsWithNotes();
}
