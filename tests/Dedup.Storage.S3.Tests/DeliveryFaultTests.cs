using Dedup.Backup;
using Dedup.Cli.Tests;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage.S3.Tests.Proxy;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Storage.S3.Tests;

/// <summary>Requests that fail, are late or are refused between the engine and the server.</summary>
public sealed class DeliveryFaultTests(CephServer server, ITestOutputHelper output) : IClassFixture<CephServer>
{
    public static TheoryData<string> Passing => ["409", "429", "500", "503", "SlowDown", "lost requests", "lost replies", "cut off replies", "changed bodies", "delays"];

    [Fault(35)]
    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_tried_again_until_all_is_done(string fault)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using FaultyPlace place = await FaultyPlace.MakeAsync(server, seed);
        ProxyRule rule = place.Proxy.Add(new ProxyRule(FaultOf(fault)) { Operation = fault is "409" or "changed bodies" ? "PUT" : null, Probability = fault == "delays" ? 1 : 0.15 });
        await LiveAsync(place);

        // Few requests are made: that chance left all of them alone must not pass for success.
        output.WriteLine($"{rule.Hits} of {place.Proxy.Exchanges.Count} requests met it");
        Assert.True(rule.Hits > 0);
        await place.RequireWholeAsync();
    }

    [Fault(36)]
    [Fact]
    public async Task A_reply_that_is_cut_off_is_asked_for_again_and_named_when_it_always_is()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        place.Fill(seed: 1);
        SnapshotId snapshot = await place.BackUpAsync();
        ProxyRule once = place.Proxy.Add(new ProxyRule(ProxyFaults.Truncate()) { Operation = "GET", Key = "/(packs|index|snapshots)/", Count = 3 });
        await place.RequireRestoresAsync(snapshot);
        Assert.Equal(3, once.Hits);

        place.Proxy.Add(new ProxyRule(ProxyFaults.Truncate()) { Operation = "GET", Key = "/snapshots/" });
        StoreException failure = await Assert.ThrowsAnyAsync<StoreException>(() => place.UseAsync(
            repository => repository.RestoreAsync(snapshot, place.Cache("never"), new RestoreOptions(), null, CancellationToken.None), "reader", TimeSpan.FromSeconds(1)));
        Assert.Contains($"snapshots/{snapshot}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("tried", failure.Message, StringComparison.Ordinal);
        await place.RequireWholeAsync();
    }

    [Fault(37)]
    [Fact]
    public async Task A_commit_that_arrives_after_a_prune_ended_the_session_is_done_again()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        place.Fill(seed: 1);
        SnapshotId first = await place.BackUpAsync();
        place.Fill(seed: 2);
        await place.BackUpAsync();
        await place.ForgetAsync(first);

        // The same files as in the first: the backup takes over what the prune is about to delete.
        place.Fill(seed: 1);
        ProxyGate gate = new();
        ProxyRule held = place.Proxy.Add(new ProxyRule(gate.Hold()) { Operation = "PUT", Key = "/snapshots/", Count = 1 });
        Task<BackupResult> backup = place.UseAsync(
            repository => repository.BackupAsync(new FileSystemSource([place.Source]), new BackupOptions(), null, CancellationToken.None), "late");
        await Task.WhenAny(gate.Reached, backup);
        Assert.False(backup.IsCompleted);
        PruneReport prune = await place.PruneAsync(options: FaultyPlace.Thorough with { SessionTimeout = TimeSpan.Zero });
        SnapshotId ended = Assert.Single(prune.SessionsEnded);
        Assert.True(prune.PacksDeleted > 0);

        gate.Open();
        BackupResult result = await backup;
        Assert.Equal(1, held.Hits);
        Assert.NotEqual(ended, result.Snapshot.Id);
        place.Remember(result.Snapshot.Id);
        await place.RequireWholeAsync();
    }

    [Fault(38)]
    [Fact]
    public async Task Credentials_that_expire_end_a_run_and_the_next_sends_nothing_again_that_arrived()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        place.Fill(seed: 1, files: 40);
        DedupProgram dedup = place.Program();
        bool hasExpired = false;
        place.Proxy.Add(new ProxyRule((request, next, _) =>
        {
            hasExpired |= request.Operation == "PUT" && request.Key.Contains("/index/", StringComparison.Ordinal);
            return hasExpired ? Task.FromResult(ProxiedReply.Refusal(400, "ExpiredToken")) : next(request);
        }));
        ProgramResult expired = dedup.Run("backup", place.Source);
        Assert.Equal(1, expired.ExitCode);
        Assert.Contains("the credentials have expired; sign in again", expired.ErrorLines[^1], StringComparison.Ordinal);
        Assert.True(hasExpired);
        long arrived = PackBytes(place.Proxy.Exchanges);
        Assert.True(arrived > 2_400_000, $"{arrived} bytes arrived");

        int before = place.Proxy.Exchanges.Count;
        place.Proxy.Clear();
        dedup.Run("backup", place.Source).Succeeds();
        long again = PackBytes(place.Proxy.Exchanges.Skip(before));
        output.WriteLine($"{arrived} bytes of packs arrived before, {again} were sent after");
        Assert.InRange(again, 0, arrived / 10);
        place.Remember(Assert.Single(await SnapshotsAsync(place)));
        await place.RequireWholeAsync();
    }

    [Fault(39)]
    [Fact]
    public async Task Where_nothing_may_be_deleted_backups_succeed_and_prunes_say_what_is_missing()
    {
        await using FaultyPlace place = await FaultyPlace.MakeRepositoryAsync(server);
        place.Fill(seed: 1);
        SnapshotId first = await place.BackUpAsync();
        place.Proxy.Add(new ProxyRule(ProxyFaults.Refuse(403, "AccessDenied")) { Operation = "DELETE" });
        DedupProgram dedup = place.Program();
        place.Fill(seed: 2);
        dedup.Run("backup", place.Source).SucceedsWithAlert();
        place.Remember((await SnapshotsAsync(place)).Single(id => id != first));
        dedup.Run("prune").FailsInOneLine(1, "s3:DeleteObject");
        dedup.Run("forget", first.ToString(), "--quiet").FailsInOneLine(1, "s3:DeleteObject");
        dedup.Run("check").Succeeds();
        dedup.Run("backup", place.Source).Succeeds();

        // The record of the forget was written first: it is forgotten, and goes when it may.
        place.Snapshots.Remove(first);
        place.Proxy.Clear();
        await place.PruneAsync();
        await place.RequireWholeAsync();
    }

    /// <summary>Makes a repository, backs up twice, forgets the first and prunes.</summary>
    internal static async Task LiveAsync(FaultyPlace place)
    {
        await place.CreateAsync();
        place.Fill(seed: 1);
        SnapshotId first = await place.BackUpAsync();
        place.Fill(seed: 2);
        await place.BackUpAsync();
        await place.RequireRestoresAsync(first);
        await place.ForgetAsync(first);
        Assert.True((await place.PruneAsync()).PacksDeleted > 0);
        await place.RequireRestoresAsync(place.Snapshots[0]);
        Assert.DoesNotContain((await place.CheckAsync()).Findings, finding => finding.IsDamage);
    }

    private static ProxyFault FaultOf(string name) => name switch
    {
        "409" => ProxyFaults.Refuse(409, "ConditionalRequestConflict"),
        "429" => ProxyFaults.Refuse(429, "TooManyRequests"),
        "500" => ProxyFaults.Refuse(500, "InternalError"),
        "503" => ProxyFaults.Refuse(503, "ServiceUnavailable"),
        "SlowDown" => ProxyFaults.Refuse(503, "SlowDown"),
        "lost requests" => ProxyFaults.LoseRequest(),
        "lost replies" => ProxyFaults.LoseReply(),
        "changed bodies" => ProxyFaults.ChangeBody(),
        "cut off replies" => ProxyFaults.Truncate(),
        "delays" => ProxyFaults.Delay(TimeSpan.FromMilliseconds(20)),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static long PackBytes(IEnumerable<ProxiedExchange> exchanges) => exchanges
        .Where(exchange => exchange.Operation == "PUT" && exchange.ServerStatus == 200 && exchange.Key.Contains("/packs/", StringComparison.Ordinal))
        .Sum(exchange => (long)exchange.SentLength);

    private static Task<List<SnapshotId>> SnapshotsAsync(FaultyPlace place) => place.UseAsync(async repository =>
    {
        List<SnapshotId> ids = [];
        await foreach (Snapshots.Snapshot snapshot in repository.ListSnapshotsAsync(new Snapshots.SnapshotFilter(), CancellationToken.None))
        {
            ids.Add(snapshot.Id);
        }

        return ids;
    });
}
