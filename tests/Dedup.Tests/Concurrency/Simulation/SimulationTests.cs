using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// The engine's own sessions, prunes and forgets in every order that a seed gives, with crashes, failures, lost replies and clocks a year
/// off. Nothing that a committed snapshot needs is ever lost; and with any rule of the protocol broken, something is.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>How many schedules one world sees before a new one begins.</summary>
    private const int RoundsPerWorld = 100;

    private const int DefaultSchedules = 100_000, MaxSchedulesToFind = 10_000, ShareContested = 100, FirstSeed = 1;

    private static int Schedules => Setting("DEDUP_SCHEDULES", DefaultSchedules);

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } value ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    /// <remarks>Many schedules can be run in parts: DEDUP_SCHEDULES says how many, and DEDUP_FIRST_SEED with which world to begin.</remarks>
    [Fact]
    public void Nothing_that_a_committed_snapshot_needs_is_ever_lost()
    {
        int worlds = WorldsFor(Schedules), first = Setting("DEDUP_FIRST_SEED", FirstSeed);
        Parallel.For(first, first + worlds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, state) =>
        {
            if (Run(seed, BrokenRule.None, out int round) is { } failure)
            {
                throw new Xunit.Sdk.XunitException($"world {seed}, schedule {round}: {failure}");
            }
        });
        output.WriteLine($"{worlds * RoundsPerWorld} schedules, worlds {first} to {first + worlds - 1}");
    }

    [Theory]
    [InlineData(BrokenRule.NoRegistration)]
    [InlineData(BrokenRule.CondemnedReadBeforeRegistering)]
    [InlineData(BrokenRule.CondemnedIgnored)]
    [InlineData(BrokenRule.StalePacks)]
    [InlineData(BrokenRule.NoSecondList)]
    [InlineData(BrokenRule.ListsSwapped)]
    [InlineData(BrokenRule.NoFencing)]
    [InlineData(BrokenRule.BlindCommit)]
    [InlineData(BrokenRule.OtherMarksIgnored)]
    [InlineData(BrokenRule.StalePacksInPrune)]
    [InlineData(BrokenRule.EarlyClose)]
    public void A_broken_rule_is_found_within_ten_thousand_schedules(BrokenRule rule)
    {
        string? found = null;
        Parallel.For(0, MaxSchedulesToFind / RoundsPerWorld, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (world, state) =>
        {
            if (!state.ShouldExitCurrentIteration && Run(FirstSeed + world, rule, out int round, isMarkContested: rule == BrokenRule.TwoSweeps) is { } failure)
            {
                found = $"{rule}: found by schedule {(world * RoundsPerWorld) + round}: {failure.Split('\n')[0]}";
                state.Stop();
            }
        });
        Assert.True(found is not null, $"{rule} went unnoticed in {MaxSchedulesToFind} schedules");
        output.WriteLine(found);
    }

    /// <summary>Two deciders of one mark that see a blob needed and not needed, and a backup that begins between them, do not come about by chance.</summary>
    [Fact]
    public void Two_prunes_that_decide_one_sweep_differently_lose_nothing_unless_both_believe_to_be_first()
    {
        for (int world = 0; world < WorldsFor(Schedules / ShareContested); world++)
        {
            Assert.Null(Run(FirstSeed + world, BrokenRule.None, out int _, isMarkContested: true));
        }

        A_broken_rule_is_found_within_ten_thousand_schedules(BrokenRule.TwoSweeps);
    }

    [Fact]
    public void The_same_seed_gives_the_same_course()
    {
        string[] courses = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using ScratchDirectory scratch = ScratchDirectory.InMemory(1 << 20);
            using Simulation simulation = new(FirstSeed, BrokenRule.None, isMarkContested: false, scratch.Path);
            for (int round = 0; round < RoundsPerWorld; round++)
            {
                Assert.Null(simulation.Play());
            }

            return simulation.Trace;
        })];
        Assert.Equal(courses[0], courses[1]);
    }

    private static int WorldsFor(int schedules) => (schedules + RoundsPerWorld - 1) / RoundsPerWorld;

    private static string? Run(int seed, BrokenRule broken, out int round, bool isMarkContested = false)
    {
        using ScratchDirectory scratch = ScratchDirectory.InMemory(1 << 20);
        using Simulation simulation = new(seed, broken, isMarkContested, scratch.Path);
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
