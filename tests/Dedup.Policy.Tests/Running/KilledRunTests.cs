using System.Diagnostics;
using System.Globalization;
using Dedup.Evidence;
using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Dedup.Policy.Running;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Running;

/// <summary>Runs of a policy that are processes of their own, killed at one moment after the other, and gone on with by the next process.</summary>
public sealed class KilledRunTests : IDisposable
{
    /// <summary>How many moments, spread over all calls to the stores.</summary>
    private const int Moments = 20, Seed = 20261123;

    private const string FirstDay = "2026-01-05T03:00+01:00", SecondDay = "2026-01-06T03:00+01:00", Later = "2026-01-06T03:10+01:00";

    private readonly ScratchDirectory _files = ScratchDirectory.InMemory(1 << 26);

    private string Live => _files["live"];

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Whatever_moment_a_run_is_killed_at_the_next_goes_on_nothing_is_done_twice_and_the_evidence_has_no_hole()
    {
        string key = await MakeAsync();
        Run(key, FirstDay);
        File.WriteAllText(Path.Combine(Live, "source/first/changed"), "on the second day");
        ExternalTool.Require(_files.Path, "cp", "-a", "live", "kept");

        // All moments of a run that nobody kills, of which some are picked.
        (int calls, string[] steps) = Run(key, SecondDay);
        Assert.Equal(["Backup first Done", "Forget first Done", "Backup second Done", "Forget second Done", "Replicate main/copy Done", "Prune main Done"], steps);
        Random random = new(Seed);
        foreach (int moment in Enumerable.Range(0, Moments).Select(i => 1 + (int)((i + random.NextDouble()) * calls / Moments)).Distinct())
        {
            Directory.Delete(Live, recursive: true);
            ExternalTool.Require(_files.Path, "cp", "-a", "kept", "live");
            using (Process killed = Start(key, SecondDay, moment))
            {
                await killed.WaitForExitAsync();
                Assert.Equal(128 + 9, killed.ExitCode);
            }

            Run(key, Later);
            await AssertOnceAsync(key, $"killed before call {moment} of {calls}, seed {Seed}");
            Assert.Empty(Run(key, Later).Steps);
        }
    }

    private async Task AssertOnceAsync(string key, string when)
    {
        TestRepository repository = TestRepository.FromKey(key, _files["scratch"]);
        BackupPolicy policy = PolicyFile.Read(Path.Combine(Live, "dedup.yaml")).Policy!;
        await using LocalStore store = new(policy.Repositories[0].Place), copy = new(policy.Repositories[0].Replicas[0].Place);
        IReadOnlyList<Snapshot> snapshots = await repository.SnapshotsAsync(store);
        Assert.True(snapshots.Count == 2 && snapshots.All(static snapshot => snapshot.Time.Day == 6), $"{when}: {string.Join(", ", snapshots.Select(static snapshot => snapshot.Time))}");
        await using Repository opened = await repository.OpenAsync(store);
        EvidenceVerification verification = await opened.VerifyEvidenceAsync(CancellationToken.None);
        Assert.True(verification.Findings.Count == 0, $"{when}: {string.Join('\n', verification.Findings)}");
        IReadOnlyList<EvidenceRecord> records = await opened.ReadEvidenceAsync(CancellationToken.None);

        // Two sources on two days: four snapshots, each with one record, of which the older of each source was forgotten. A forget that was cut off after it was
        // decided on is completed by another, and both are on record.
        Assert.Equal(4, Succeeded(EvidenceAction.Backup).Distinct().Count());
        Assert.Equal(4, Succeeded(EvidenceAction.Backup).Count());
        Assert.Equal(2, Succeeded(EvidenceAction.Forget).Distinct().Count());
        Assert.Superset(snapshots.Select(static snapshot => snapshot.Id.ToString()).ToHashSet(), Succeeded(EvidenceAction.Backup).ToHashSet());
        Assert.True(PolicyStatus.Read(policy, StateFolder.Of(policy), DateTimeOffset.Parse(Later, CultureInfo.InvariantCulture)).IsWell, when);

        // The replica is whole, and restores.
        foreach (Snapshot snapshot in await repository.SnapshotsAsync(copy))
        {
            await using Repository there = await repository.OpenAsync(copy);
            Assert.Empty((await repository.RestoreAsync(there, snapshot.Id)).Result.Problems);
        }

        Assert.Superset(snapshots.Select(static snapshot => snapshot.Id).ToHashSet(), (await repository.SnapshotsAsync(copy)).Select(static snapshot => snapshot.Id).ToHashSet());

        IEnumerable<string> Succeeded(EvidenceAction action) =>
            records.Where(record => record.Action == action && record.Result == EvidenceResult.Success).Select(static record => record.Object);
    }

    private async Task<string> MakeAsync()
    {
        foreach (string source in (string[])["first", "second"])
        {
            byte[] lasting = new byte[1 << 18];
            new Random(source.Length).NextBytes(lasting);
            File.WriteAllBytes(Path.Combine(_files.Make($"live/source/{source}"), "lasting"), lasting);
        }

        File.WriteAllText(Path.Combine(Live, "dedup.yaml"), $$"""
            zone: Europe/Amsterdam
            state: {{Live}}/state
            repositories:
              main:
                place: {{Live}}/repository
                password: {file: /etc/dedup/password}
                prune: {schedule: daily at 03:00}
                check: {schedule: never}
                replicas: {copy: {place: {{Live}}/copy} }
            sources:
              first: {paths: {{Live}}/source/first, schedule: daily at 02:00, retention: 1 last}
              second: {paths: {{Live}}/source/second, schedule: daily at 02:00, retention: 1 last}

            """);
        await using LocalStore store = new(_files.Make("live/repository"));
        return (await TestRepository.MakeAsync(store, _files["scratch"])).Key;
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>How many calls it made to stores, and its steps without what they said.</returns>
    private (int Calls, string[] Steps) Run(string key, string time)
    {
        using Process process = Start(key, time, killedBefore: 0);
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.All(lines.Skip(1), static line => Assert.Contains(" Done ", line, StringComparison.Ordinal));
        return (int.Parse(lines[0], CultureInfo.InvariantCulture), [.. lines.Skip(1).Select(static line => string.Join(' ', line.Split(' ')[..3]))]);
    }

    private Process Start(string key, string time, int killedBefore) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Dedup.TestHost.dll"), "policy", key, Live, time, killedBefore.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
    })!;
}
