namespace Dedup.Cli.Tests;

/// <summary>A repository with two snapshots of one folder, of hosts web1 and web2; tests that share it only read.</summary>
public sealed class BackedUpRepository : IDisposable
{
    internal const string Text = "hello, world\n";

    public BackedUpRepository()
    {
        Program.Write("source/greeting.txt", Text);
        Program.Write("source/sub/number.txt", "42\n");
        // A name that would clear the screen, and break a line.
        Program.Write("source/sub/bad\u001b[2J\nname", "");
        File.CreateSymbolicLink(Program.Files["source/link"], "greeting.txt");
        Program.MakeRepository();
        First = Backup("--host", "web1", "--tag", "nightly,full", "--time", "2026-01-02 03:04:05");
        Second = Backup("--host", "web2", "--tag", "full", "--time", "2026-02-03T04:05:06Z");
    }

    internal DedupProgram Program { get; } = new();

    internal string Source => Program.Files["source"];

    internal string First { get; }

    internal string Second { get; }

    public void Dispose() => Program.Dispose();

    private string Backup(params string[] options) =>
        Program.Run(["backup", Source, "--json", .. options]).Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;
}
