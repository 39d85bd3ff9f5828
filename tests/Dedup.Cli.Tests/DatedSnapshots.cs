namespace Dedup.Cli.Tests;

/// <summary>A repository with snapshots of two hosts over three months, and one of a clock that is far ahead; tests that share it only read.</summary>
public sealed class DatedSnapshots : IDisposable
{
    public DatedSnapshots()
    {
        Program.Write("source/file", "text");
        Program.MakeRepository();
        BackUp("2026-01-04", "--host", "web1", "--tag", "a");
        BackUp("2026-02-03", "--host", "web2");
        BackUp("2026-03-01", "--host", "web1", "--tag", "a");
        BackUp("2026-03-02", "--host", "web1");
        BackUp("2200-01-01", "--host", "web2");
    }

    internal DedupProgram Program { get; } = new();

    public void Dispose() => Program.Dispose();

    private void BackUp(string day, params string[] options) =>
        Program.Run(["backup", "source", "--time", day + "T00:00:00Z", .. options]).Succeeds();
}
