using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Storage;
using Xunit;

namespace Dedup.TestSupport;

/// <summary>
/// The whole engine as users run it: processes on one repository that back up, forget and prune, restore and check at once, and are
/// killed at any moment. What was reported as committed and not forgotten restores byte for byte.
/// </summary>
/// <param name="store">An empty store.</param>
/// <param name="place">Where it lies, as the processes are told: a path or a location in S3.</param>
/// <param name="environment">Variables of the processes.</param>
/// <param name="scratch">A folder for caches, sources and restored trees.</param>
public sealed class RepositoryTrial(IObjectStore store, string place, IReadOnlyDictionary<string, string> environment, ScratchDirectory scratch)
{
    /// <summary>Each kind of process, and which of the shared caches it uses.</summary>
    private static readonly (string What, int Cache)[] Cast =
    [
        ("backups", 0), ("backups", 0), ("backups", 1), ("backups", 2), ("prunes", 0), ("prunes", 3), ("restores", 1), ("checks", 4),
    ];

    /// <summary>More than the prunes keep.</summary>
    private const int LeastSnapshots = 12;

    private readonly ConcurrentQueue<string> _told = new();

    /// <summary>How long the processes live; a full run is ten minutes.</summary>
    /// <param name="usualSeconds">Unless DEDUP_LIFE_SECONDS says otherwise.</param>
    public static TimeSpan Lifetime(int usualSeconds) => TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("DEDUP_LIFE_SECONDS") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usualSeconds);

    /// <summary>Lets them live, kills them, and judges what they left.</summary>
    /// <param name="lifetime">How long they are killed and started anew.</param>
    /// <param name="seed">What is killed when, and what the processes do, comes from it.</param>
    /// <returns>One line that says what happened.</returns>
    public async Task<string> RunAsync(TimeSpan lifetime, int seed)
    {
        Random random = new(seed);
        TestRepository repository = await TestRepository.MakeAsync(store, scratch.Path);
        LivingProcess[] processes = [.. Cast.Select((_, number) => Start(number))];
        Stopwatch clock = Stopwatch.StartNew();
        int killed = 0;
        while (clock.Elapsed < lifetime)
        {
            await Task.Delay(random.Next(200, 2000));
            int number = random.Next(Cast.Length);
            Assert.False(processes[number].HasExited, $"seed {seed}: {Cast[number].What} came to an end: {string.Join('\n', _told.TakeLast(20))}");
            await processes[number].KillAsync();
            processes[number].Dispose();
            processes[number] = Start(number);
            killed++;
        }

        // On a machine that is too slow for all this they go on unharmed until there is something to judge. Then prunes need not wait for backups.
        await WaitAsync(() => Told("committed ") >= LeastSnapshots);
        await StopAsync(what => what == "backups");
        int prunes = Told("pruned ");
        await WaitAsync(() => Told("pruned ") >= prunes + Cast.Count(process => process.What == "prunes") || Told("pruned ") > Told("pruned 0 "));
        await StopAsync(what => what != "backups");

        foreach (LivingProcess process in processes)
        {
            await process.EndAsync();
            process.Dispose();
        }

        return await JudgeAsync(repository, killed);

        async Task StopAsync(Predicate<string> isMeant)
        {
            foreach (int number in Enumerable.Range(0, Cast.Length).Where(number => isMeant(Cast[number].What)))
            {
                await File.WriteAllTextAsync(Path.Combine(Folder(number), "stop"), "");
            }
        }

        async Task WaitAsync(Func<bool> isEnough)
        {
            while (!isEnough())
            {
                Assert.True(
                    Cast.Index().All(process => !processes[process.Index].HasExited || File.Exists(Path.Combine(Folder(process.Index), "stop"))),
                    $"seed {seed}: one came to an end: {string.Join('\n', _told.TakeLast(20))}");
                await Task.Delay(100);
            }
        }

        string Folder(int number) => Directory.CreateDirectory(scratch[$"process-{number}"]).FullName;
        LivingProcess Start(int number) => new(
            Cast[number].What, [repository.Key, place, scratch[$"cache-{Cast[number].Cache}"], Folder(number)], random.Next(), environment, _told.Enqueue);
    }

    private static void RequireNone(IEnumerable<string> lines) => Assert.True(!lines.Any(), string.Join('\n', lines));

    private int Told(string start) => _told.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    private async Task<string> JudgeAsync(TestRepository repository, int killed)
    {
        string[][] told = [.. _told.Select(line => line.Split(' ', 4))];
        HashSet<string> forgotten = [.. told.Where(line => line[0] == "forgetting").Select(line => line[1])];
        (string Id, string Digest, string Source)[] committed = [.. told.Where(line => line[0] == "committed").Select(line => (line[1], line[2], line[3]))];
        RequireNone(_told.Where(line => line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("damaged", StringComparison.Ordinal)));
        RequireNone(told.Where(line => line[0] == "failed" && !forgotten.Contains(line[1])).Select(line => string.Join(' ', line)));
        Dictionary<string, string> digests = committed.ToDictionary(line => line.Id, line => line.Digest);
        Assert.Empty(told.Where(line => line[0] == "restored" && digests.TryGetValue(line[1], out string? digest) && digest != line[2]).Select(line => line[1]));

        await using Repository stranger = await repository.OpenAsync(store);
        int restored = 0;
        foreach ((string id, string digest, string source) in committed.Where(line => !forgotten.Contains(line.Id)))
        {
            Assert.True(SnapshotId.TryParse(id, out SnapshotId snapshot));
            string target = scratch["restored"];
            RestoreResult result = await stranger.RestoreAsync(snapshot, target, new RestoreOptions(), null, CancellationToken.None);
            Assert.Empty(result.Problems);
            Assert.Equal(digest, TreeDigest.Of(RestoredTree.Of(target + source)));
            Directory.Delete(target, recursive: true);
            restored++;
        }

        CheckReport before = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        RequireNone(before.Findings.Where(finding => finding.IsDamage).Select(finding => finding.Message));
        PruneReport prune = await stranger.PruneAsync(new PruneOptions { MaxUnused = 0, AllowLargeDeletion = true }, null, CancellationToken.None);
        Assert.Empty(prune.SessionsAwaited);
        CheckReport after = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.Empty(after.Findings);
        Assert.True(restored > 0, "nothing was left to restore");
        return $"{killed} processes killed, {committed.Length} snapshots committed, {forgotten.Count} forgotten, {restored} restored at the end, "
            + $"{told.Count(line => line[0] == "pruned")} prunes, {told.Count(line => line[0] == "restored")} restores, {told.Count(line => line[0] == "clean")} clean checks";
    }
}
