using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Concurrency;

/// <summary>
/// The whole engine as users run it: processes on one local repository that back up, forget and prune, restore and check at once, and are
/// killed at any moment. What was reported as committed and not forgotten restores byte for byte.
/// </summary>
[Collection(ExhaustingTests.Name)]
public sealed class RealProcessTests(ITestOutputHelper output)
{
    /// <summary>Each kind of process, and which of the shared caches it uses.</summary>
    private static readonly (string What, int Cache)[] Cast =
    [
        ("backups", 0), ("backups", 0), ("backups", 1), ("backups", 2), ("prunes", 0), ("prunes", 3), ("restores", 1), ("checks", 4),
    ];

    private readonly ConcurrentQueue<string> _told = new();

    /// <summary>How long they live; a full run is ten minutes.</summary>
    private static TimeSpan Lifetime =>
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("DEDUP_LIFE_SECONDS") ?? "30", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Whatever_is_killed_what_was_committed_and_not_forgotten_restores()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using ScratchDirectory scratch = ScratchDirectory.InMemory(4L << 30);
        string path = scratch["repository"];
        await using LocalStore store = LocalStore.Create(path);
        TestRepository repository = await TestRepository.MakeAsync(store, scratch.Path);
        LivingProcess[] processes = [.. Cast.Select((_, place) => Start(place))];
        Stopwatch clock = Stopwatch.StartNew();
        int killed = 0;
        while (clock.Elapsed < Lifetime)
        {
            await Task.Delay(random.Next(200, 2000));
            int place = random.Next(Cast.Length);
            Assert.False(processes[place].HasExited, $"seed {seed}: {Cast[place].What} came to an end: {string.Join('\n', _told.TakeLast(20))}");
            await processes[place].KillAsync();
            processes[place].Dispose();
            processes[place] = Start(place);
            killed++;
        }

        for (int place = 0; place < Cast.Length; place++)
        {
            await File.WriteAllTextAsync(Path.Combine(Folder(place), "stop"), "");
        }

        foreach (LivingProcess process in processes)
        {
            await process.EndAsync();
            process.Dispose();
        }

        await JudgeAsync(repository, store, scratch, killed);

        string Folder(int place) => Directory.CreateDirectory(scratch[$"process-{place}"]).FullName;
        LivingProcess Start(int place) => new(
            Cast[place].What, [repository.Key, path, scratch[$"cache-{Cast[place].Cache}"], Folder(place)], random.Next(), _told.Enqueue);
    }

    private static void RequireNone(IEnumerable<string> lines) => Assert.True(!lines.Any(), string.Join('\n', lines));

    private async Task JudgeAsync(TestRepository repository, LocalStore store, ScratchDirectory scratch, int killed)
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
        output.WriteLine(
            $"{killed} processes killed, {committed.Length} snapshots committed, {forgotten.Count} forgotten, {restored} restored at the end, "
            + $"{told.Count(line => line[0] == "pruned")} prunes, {told.Count(line => line[0] == "restored")} restores, {told.Count(line => line[0] == "clean")} clean checks");
        Assert.True(restored > 0 && told.Any(line => line[0] == "pruned" && line[1] != "0"), "nothing happened");
    }
}
