using System.Globalization;
using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;

namespace Dedup.Benchmarks;

/// <summary>Makes the many snapshots that years of a policy leave, in one process; for <c>bench/status.sh</c>.</summary>
internal static class SnapshotsCommand
{
    public static int Run(string[] args)
    {
        if (args is not [string repository, string keyFile, string cache, string text, .. { Length: > 0 } folders]
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            Console.Error.WriteLine("snapshots: give a repository's folder, a key file, a folder for the catalogue, how many snapshots, and the folders to back up in turn");
            return 2;
        }

        MakeAsync(repository, Credentials.FromKey(File.ReadAllBytes(keyFile)), new RepositoryOptions { CacheDirectory = cache }, count, folders).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task MakeAsync(string folder, Credentials credentials, RepositoryOptions options, int count, string[] folders)
    {
        await using LocalStore store = new(folder);
        await using Repository repository = await Repository.OpenAsync(store, credentials, options);
        DateTimeOffset first = new(2016, 1, 1, 1, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < count; i++)
        {
            string source = folders[i % folders.Length];
            BackupResult result = await repository.BackupAsync(new FileSystemSource([source]), new BackupOptions
            {
                Tags = [$"source:source-{Path.GetFileName(source)}"],
                Time = first.AddDays(i / folders.Length),
            });
            if (!result.IsComplete)
            {
                throw new InvalidOperationException($"{source}: {result.Problems[0].Reason}");
            }
        }
    }
}
