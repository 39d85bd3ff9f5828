using System.Globalization;
using Dedup.Backup;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;

namespace Dedup.TestHost;

/// <summary>
/// Opens a repository and closes it again, COUNT times: FOLDER COUNT SEED. In between a backup, a restore or a check, most of them cancelled at a moment that the seed
/// gives. Says after a tenth and in the end how many cycles there were, how many were cancelled, and what the process holds: files of the folder, files at all but for
/// libraries, threads that the engine started, bytes of managed memory, files left behind.
/// </summary>
internal static class RepeatedUse
{
    private const int Files = 20, MaxCalls = 60;

    public static async Task<int> RunAsync(string[] arguments)
    {
        string folder = arguments[0];
        int count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        Random random = new(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        string place = Path.Combine(folder, "repository"), target = Path.Combine(folder, "target");
        TestRepository trial;
        SnapshotId first;
        await using (LocalStore store = LocalStore.Create(place))
        {
            trial = await TestRepository.MakeAsync(store, Path.Combine(folder, "cache"));
            first = (await trial.BackUpAsync(store, SourceOf(0), folder)).Snapshot.Id;
        }

        int cancelled = 0;
        for (int cycle = 1; cycle <= count; cycle++)
        {
            cancelled += await UseAsync(trial, place, folder, target, first, cycle, random) ? 1 : 0;
            if (cycle == count / 10 || cycle == count)
            {
                Report(cycle, cancelled, folder, place);
            }
        }

        return 0;
    }

    /// <returns>Whether it was cancelled.</returns>
    private static async Task<bool> UseAsync(TestRepository trial, string place, string cache, string target, SnapshotId first, int cycle, Random random)
    {
        int callsLeft = random.Next(MaxCalls);
        using CancellationTokenSource cancellation = new();
        await using LocalStore store = LocalStore.Create(place);
        await using HookedStore hooked = new(store, (_, _) =>
        {
            if (Interlocked.Decrement(ref callsLeft) == 0)
            {
                cancellation.Cancel();
            }

            return Task.CompletedTask;
        });
        await using Repository repository = await trial.OpenAsync(hooked, cache);
        try
        {
            switch (cycle % 3)
            {
                case 0:
                    await repository.BackupAsync(SourceOf(cycle), new BackupOptions(), null, cancellation.Token);
                    break;
                case 1:
                    await repository.RestoreAsync(first, target, new RestoreOptions(), null, cancellation.Token);
                    break;
                default:
                    await repository.CheckAsync(Maintenance.CheckOptions.Everything, null, cancellation.Token);
                    break;
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static SyntheticSource SourceOf(int cycle) => new(new SyntheticDirectory(Files, i => new SyntheticContent(5000, (ulong)(i == 0 ? cycle : i) + 1)));

    private static void Report(int cycle, int cancelled, string folder, string place)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        string[] files = [.. Directory.GetFiles("/proc/self/fd").Select(static file => new FileInfo(file).LinkTarget ?? "").Where(static file => !file.EndsWith(".dll", StringComparison.Ordinal))];
        int threads = Directory.GetDirectories("/proc/self/task").Count(static task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith(".NET Long", StringComparison.Ordinal));
        int left = Directory.GetFiles(Path.Combine(place, "tmp")).Length;
        Console.WriteLine($"{cycle} {cancelled} {files.Count(file => file.StartsWith(folder, StringComparison.Ordinal))} {files.Length} {threads} {GC.GetTotalMemory(forceFullCollection: true)} {left}");
    }
}
