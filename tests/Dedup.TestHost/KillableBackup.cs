using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.TestHost;

/// <summary>
/// Backs a folder up: KEY REPOSITORY CACHE SOURCE. Says "ready" and waits for a line before it begins, and in the end says which
/// snapshot it made and how many bytes of packs it added.
/// </summary>
internal static class KillableBackup
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        TestRepository repository = TestRepository.FromKey(arguments[0], arguments[2]);
        await using LocalStore store = new(arguments[1]);
        FileSystemSource source = new([arguments[3]]);
        Console.WriteLine("ready");
        Console.ReadLine();
        BackupResult result = await repository.BackUpAsync(store, source, arguments[2]);
        Console.WriteLine($"{result.Snapshot.Id} {result.Snapshot.Statistics.DataAddedPacked}");
        return 0;
    }
}
