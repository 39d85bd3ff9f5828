using System.Globalization;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// Replications beside backups, forgets and prunes of the source, in every order that a seed gives, with crashes, failures and lost replies. After every change to the
/// replica each snapshot in it restores and its index is right; and with a rule of replications broken, something is wrong.
/// </summary>
public sealed class ReplicationSimulationTests(ITestOutputHelper output)
{
    private const int RoundsPerWorld = 100, DefaultSchedules = 5_000, MaxSchedulesToFind = 10_000, FirstSeed = 1;

    [Fact]
    public void Every_snapshot_of_a_replica_restores_at_every_moment()
    {
        int schedules = int.Parse(Environment.GetEnvironmentVariable("DEDUP_SCHEDULES") ?? $"{DefaultSchedules}", CultureInfo.InvariantCulture);
        int worlds = (schedules + RoundsPerWorld - 1) / RoundsPerWorld, published = 0, repeated = 0, deleted = 0;
        Parallel.For(0, worlds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (world, state) =>
        {
            if (Run(FirstSeed + world, BrokenReplication.None, out int round, out Simulation simulation) is { } failure)
            {
                throw new Xunit.Sdk.XunitException($"world {FirstSeed + world}, schedule {round}: {failure}");
            }

            Interlocked.Add(ref published, simulation.Replica.Published);
            Interlocked.Add(ref repeated, simulation.RepeatedPasses);
            Interlocked.Add(ref deleted, simulation.Replica.Deleted);
        });
        output.WriteLine($"{worlds * RoundsPerWorld} schedules: {published} snapshots published, {repeated} replications looked again, {deleted} objects deleted");
        Assert.True(published > worlds && repeated > 0 && deleted > 0, "nothing happened");
    }

    [Theory]
    [InlineData(BrokenReplication.SweepsIgnored)]
    [InlineData(BrokenReplication.PacksFirst)]
    internal void A_broken_rule_of_replications_is_found_within_ten_thousand_schedules(BrokenReplication rule)
    {
        for (int world = 0; world < MaxSchedulesToFind / RoundsPerWorld; world++)
        {
            if (Run(FirstSeed + world, rule, out int round, out _) is { } failure)
            {
                output.WriteLine($"{rule}: found by schedule {(world * RoundsPerWorld) + round}: {failure.Split('\n')[0]}");
                return;
            }
        }

        Assert.Fail($"{rule} went unnoticed in {MaxSchedulesToFind} schedules");
    }

    private static string? Run(int seed, BrokenReplication broken, out int round, out Simulation played)
    {
        using ScratchDirectory scratch = ScratchDirectory.InMemory(1 << 20);
        using Simulation simulation = new(seed, BrokenRule.None, isMarkContested: false, scratch.Path, broken);
        played = simulation;
        for (round = 1; round <= RoundsPerWorld; round++)
        {
            if (simulation.Play() is { } failure)
            {
                return failure;
            }
        }

        return null;
    }
}
