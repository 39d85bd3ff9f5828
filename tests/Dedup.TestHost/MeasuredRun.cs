using System.Globalization;
using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.TestHost;

/// <summary>
/// One operation, and in the end the peak of the resident memory:
/// backup REPOSITORY SOURCE CACHE, where SOURCE is a path, or synthetic:file:BYTES, or synthetic:files:COUNT:BYTES, or
/// synthetic:file-and-files:BYTES:COUNT:SEED, many empty files behind a large one (the repository is made when there is none);
/// restore REPOSITORY TARGET CACHE, the newest snapshot; check REPOSITORY CACHE, every byte.
/// </summary>
internal static class MeasuredRun
{
    public static async Task<int> RunAsync(string[] args)
    {
        string[] rest = args is [_, _, ..] ? args[2..] : throw new ArgumentException("a verb and a repository are needed");
        await using LocalStore store = LocalStore.Create(args[1]);
        bool exists = await Repository.ExistsAsync(store, CancellationToken.None);
        await using Repository repository = exists ? await TestRepository.OpenByPasswordAsync(store, rest[^1]) : await TestRepository.CreateByPasswordAsync(store, rest[^1]);
        bool isGood = args[0] switch
        {
            "backup" => (await repository.BackupAsync(MakeSource(rest[0]), new BackupOptions(), null, CancellationToken.None)).IsComplete,
            "restore" => (await repository.RestoreAsync(await NewestAsync(), rest[0], new RestoreOptions(), null, CancellationToken.None)).IsComplete,
            "check" => (await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).IsClean,
            _ => throw new ArgumentException($"no such verb: {args[0]}"),
        };
        Console.WriteLine(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
        return isGood ? 0 : 1;

        async Task<SnapshotId> NewestAsync() => (await repository.FindSnapshotAsync("latest", SnapshotFilter.All, CancellationToken.None)).Id;
    }

    private static IBackupSource MakeSource(string source) => source.Split(':') switch
    {
        ["synthetic", "file", string length] => SyntheticSource.OfFile(new SyntheticContent(long.Parse(length, CultureInfo.InvariantCulture))),
        ["synthetic", "files", string count, string length] => new SyntheticSource(new SyntheticDirectory(
            int.Parse(count, CultureInfo.InvariantCulture),
            i => new SyntheticContent(long.Parse(length, CultureInfo.InvariantCulture), (ulong)i + 1))),
        ["synthetic", "file-and-files", string length, string count, string seed] => new SyntheticSource(new SyntheticDirectory(
            int.Parse(count, CultureInfo.InvariantCulture),
            i => i == 0 ? new SyntheticContent(long.Parse(length, CultureInfo.InvariantCulture), ulong.Parse(seed, CultureInfo.InvariantCulture)) : new SyntheticContent(0))),
        _ => new FileSystemSource([source]),
    };
}
