using Dedup.Backup;
using Dedup.Exporting;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Exporting;

/// <summary>A repository in memory, and archives of its snapshots on disk.</summary>
internal sealed class ExportScene : IAsyncDisposable
{
    // What GNU tar says of times before 1970 and after today is no fault of an archive.
    private static readonly string[] TarOptions = ["--xattrs", "--xattrs-include=*", "--acls", "--numeric-owner", "--warning=no-timestamp"];

    private ExportScene(MemoryStore store, ScratchDirectory scratch, Repository repository) =>
        (Store, Scratch, Repository) = (store, scratch, repository);

    public MemoryStore Store { get; }

    public ScratchDirectory Scratch { get; }

    public Repository Repository { get; }

    public static async Task<ExportScene> MakeAsync()
    {
        ScratchDirectory scratch = new();
        MemoryStore store = new();
        return new ExportScene(store, scratch, await TestRepository.CreateByPasswordAsync(store, scratch["cache"]));
    }

    public async Task<SnapshotId> BackUpAsync(string folder)
    {
        BackupResult result = await Repository.BackupAsync(new FileSystemSource([folder]), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result.Snapshot.Id;
    }

    /// <summary>Exports into a file.</summary>
    /// <returns>The file, and what was told.</returns>
    public async Task<(string File, ExportResult Result)> ExportAsync(SnapshotId snapshot, ExportOptions options)
    {
        string file = Scratch[$"archive-{Guid()}"];
        await using FileStream stream = File.Create(file);
        return (file, await Repository.ExportAsync(snapshot, stream, options, null, CancellationToken.None));
    }

    /// <summary>Extracts by a program that must succeed and have nothing to say.</summary>
    /// <returns>Where.</returns>
    public string Extract(string program, params string[] arguments)
    {
        string target = Scratch.Make($"extracted-{Guid()}");
        (int exitCode, string output, string errors) = ExternalTool.Run(target, program, arguments);
        Assert.Equal((0, "", ""), (exitCode, output, errors));
        return target;
    }

    /// <summary>Extracts by GNU tar, with all that it restores.</summary>
    public string ExtractByTar(string file, params string[] options) => Extract("tar", [.. TarOptions, .. options, "-xpf", file]);

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        await Store.DisposeAsync();
        Scratch.Dispose();
    }

    private static string Guid() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(8);
}
