using System.Globalization;
using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Storage.S3;
using Dedup.TestSupport;

namespace Dedup.TestHost;

/// <summary>
/// A process that uses a repository over and over, until it is killed or a file named stop lies in its folder:
/// life WHAT KEY REPOSITORY CACHE FOLDER SEED, where WHAT is backups, prunes, restores or checks, and REPOSITORY is a path or lies in S3. It tells a line for whatever it is about
/// to do and whatever it has done, so that the one who started it knows what must be there when it is dead.
/// </summary>
internal static class RepositoryLife
{
    private const int FilesAtMost = 24, KeptSnapshots = 8;

    public static async Task<int> RunAsync(string[] arguments)
    {
        (string what, string key, string path, string cache, string folder) = (arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
        Random random = new(int.Parse(arguments[5], CultureInfo.InvariantCulture));
        TestRepository test = TestRepository.FromKey(key, folder);
        await using IObjectStore store = Open(path);
        await using Repository repository = await test.OpenAsync(store, cache);
        while (!File.Exists(Path.Combine(folder, "stop")))
        {
            await (what switch
            {
                "backups" => BackUpAsync(repository, Path.Combine(folder, "source"), random),
                "prunes" => PruneAsync(repository, random),
                "restores" => RestoreAsync(repository, folder, random),
                "checks" => CheckAsync(repository),
                _ => throw new ArgumentException($"no such life: {what}"),
            });
        }

        return 0;
    }

    /// <summary>A digest of a tree and where it lay, to compare what was backed up with what is restored.</summary>
    public static string Digest(string folder) => TreeDigest.Of(RestoredTree.Of(folder));

    // What stands still because the machine is busy is waited for.
    private static IObjectStore Open(string place) => S3Location.IsOne(place)
        ? new S3Store(new S3StoreOptions { Location = S3Location.Parse(place), InactivityTimeout = TimeSpan.FromMinutes(5) })
        : new LocalStore(place);

    private static async Task BackUpAsync(Repository repository, string source, Random random)
    {
        Change(source, random);
        string digest = Digest(source);
        BackupResult result = await repository.BackupAsync(
            new FileSystemSource([source]), new BackupOptions { Host = Path.GetFileName(Path.GetDirectoryName(source))! }, null, CancellationToken.None);
        Console.WriteLine($"committed {result.Snapshot.Id} {digest} {source}");
    }

    /// <summary>New, changed and removed files; some contents that others have too, so that blobs are shared and come back.</summary>
    private static void Change(string source, Random random)
    {
        Directory.CreateDirectory(source);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            string file = Path.Combine(source, $"f{random.Next(FilesAtMost)}");
            if (random.Next(4) == 0)
            {
                File.Delete(file);
                continue;
            }

            byte[] content = new byte[random.Next(200_000)];
            new Random(random.Next(40)).NextBytes(content);
            File.WriteAllBytes(file, content);
        }
    }

    private static async Task PruneAsync(Repository repository, Random random)
    {
        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None))
        {
            snapshots.Add(snapshot);
        }

        for (int i = 0; i < snapshots.Count - KeptSnapshots; i++)
        {
            SnapshotId forgotten = snapshots[random.Next(snapshots.Count)].Id;
            Console.WriteLine($"forgetting {forgotten}");
            try
            {
                await repository.ForgetAsync(forgotten, "by chance", CancellationToken.None);
            }
            catch (SnapshotNotFoundException)
            {
                // Another one was faster.
            }
        }

        PruneReport report = await repository.PruneAsync(
            new PruneOptions
            {
                MaxUnused = random.Next(3) * 0.2,
                AllowLargeDeletion = true,
                WaitForSessions = TimeSpan.FromSeconds(random.Next(3)),
                SessionTimeout = random.Next(3) == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(24),
            },
            null, CancellationToken.None);
        Console.WriteLine($"pruned {report.PacksDeleted} {report.PacksWritten} {report.SessionsEnded.Count} {report.SessionsAwaited.Count}");
    }

    private static async Task RestoreAsync(Repository repository, string folder, Random random)
    {
        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None))
        {
            snapshots.Add(snapshot);
        }

        if (snapshots.Count == 0)
        {
            return;
        }

        Snapshot chosen = snapshots[random.Next(snapshots.Count)];
        string target = Path.Combine(folder, "restored");
        DeleteIfThere(target); // What a predecessor that was killed had restored of another snapshot.
        try
        {
            RestoreResult result = await repository.RestoreAsync(chosen.Id, target, new RestoreOptions(), null, CancellationToken.None);
            Console.WriteLine(result.Problems.Count == 0
                ? $"restored {chosen.Id} {Digest(target + chosen.Paths[0])}"
                : $"failed {chosen.Id} {result.Problems[0]}");
        }
        catch (Exception exception) when (exception is SnapshotNotFoundException or BlobMissingException or CorruptDataException)
        {
            // Right if it was forgotten meanwhile, which whoever reads this line knows.
            Console.WriteLine($"failed {chosen.Id} {exception.Message}");
        }

        DeleteIfThere(target);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CheckAsync(Repository repository)
    {
        CheckReport report = await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Console.WriteLine(report.IsClean ? $"clean {report.Packs}" : $"damaged {string.Join(" | ", report.Findings.Where(finding => finding.IsDamage).Select(finding => finding.Message))}");
    }
}
