using System.Runtime.Versioning;

namespace Dedup.Cli.Tests;

/// <summary>A repository with three snapshots of a folder that changes between them; tests that share it only read.</summary>
[SupportedOSPlatform("linux")]
public sealed class ChangingRepository : IDisposable
{
    public ChangingRepository()
    {
        Program.Write("source/ann/notes.txt", "one");
        Program.Write("source/bob/notes.txt", "notes of bob");
        Program.MakeRepository();
        Snapshots.Add(Backup("--host", "web1", "--tag", "first", "--time", "2026-01-02 00:00:00"));
        Program.Write("source/ann/notes.txt", "two words");
        Program.Write("source/ann/new/large.bin", new string('x', 100_000));
        Snapshots.Add(Backup("--host", "web1", "--time", "2026-01-03 00:00:00"));
        File.Delete(Program.Files["source/ann/notes.txt"]);
        File.SetUnixFileMode(Program.Files["source/bob/notes.txt"], UnixFileMode.UserRead);
        Snapshots.Add(Backup("--host", "web1", "--time", "2026-01-04 00:00:00"));
    }

    internal DedupProgram Program { get; } = new();

    internal string Source => Program.Files["source"];

    internal List<string> Snapshots { get; } = [];

    public void Dispose() => Program.Dispose();

    private string Backup(params string[] options) =>
        Program.Run(["backup", Source, "--json", .. options]).Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;
}
