using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Concurrency.Model;

/// <summary>
/// Every interleaving of some backups and prunes (docs/decisions/concurrency.md). The counts of the protocol as decided are those of another
/// model of it, in another language. With DEDUP_LONG_TESTS=1 the cases that take minutes or gigabytes are explored too.
/// </summary>
public sealed class ProtocolModelTests
{
    private const string LongTestsVariable = "DEDUP_LONG_TESTS";

    /// <summary>From the smallest number of states to the largest.</summary>
    private static readonly (int Backups, int Prunes)[] Cases = [(1, 1), (2, 1), (1, 2), (2, 2)];

    /// <summary>What keeps the protocol safe, each rule broken, with the smallest case that shows it.</summary>
    public static TheoryData<string, int, int> BrokenRules { get; } = new()
    {
        { nameof(ProtocolRules.NoRegistration), 1, 1 },
        { nameof(ProtocolRules.GcReadBeforeRegistering), 1, 1 },
        { nameof(ProtocolRules.CondemnedIgnored), 1, 1 },
        { nameof(ProtocolRules.StaleIndex), 1, 1 },
        { nameof(ProtocolRules.BlindCommit), 1, 1 },
        { nameof(ProtocolRules.NoSecondSnapshotList), 1, 1 },
        { nameof(ProtocolRules.SnapshotsListedBeforeSessions), 1, 1 },
        { nameof(ProtocolRules.NoFencing), 1, 1 },
        { nameof(ProtocolRules.RetiredBeforeDeletion), 1, 1 },
        { nameof(ProtocolRules.OtherMarksIgnored), 1, 2 },
        { nameof(ProtocolRules.StalePackList), 1, 2 },
        { nameof(ProtocolRules.SweepOverwritten), 2, 2 },
        { nameof(ProtocolRules.SweepsDeleted), 2, 2 },
    };

    [Fault(43)]
    [Theory]
    [InlineData(1, 1, 1_104)]
    [InlineData(2, 1, 19_764)]
    [InlineData(3, 1, 381_646)]
    [InlineData(1, 2, 133_981)]
    [InlineData(2, 2, 4_764_730)]
    public void No_interleaving_loses_data(int backups, int prunes, int states) => AssertSafe(ProtocolRules.AsDecided, backups, prunes, states);

    [Theory]
    [InlineData(1, 1, 1_263)]
    [InlineData(2, 1, 22_429)]
    [InlineData(3, 1, 429_223)]
    [InlineData(1, 2, 171_857)]
    [InlineData(2, 2, 5_943_138)]
    public void No_interleaving_loses_data_when_sweeps_are_kept(int backups, int prunes, int states) =>
        AssertSafe(new ProtocolRules { SweepsKept = true }, backups, prunes, states);

    [Theory]
    [InlineData(1, 1, 1_958)]
    [InlineData(2, 1, 55_097)]
    [InlineData(3, 1, 1_691_354)]
    [InlineData(1, 2, 292_956)]
    public void No_interleaving_loses_data_when_sessions_are_deleted_too(int backups, int prunes, int states) =>
        AssertSafe(ProtocolRules.AsStored, backups, prunes, states);

    [Fact]
    public void The_largest_cases_lose_nothing() => AssertSafe(ProtocolRules.AsDecided, (0, 3, 512_891), (1, 3, 24_264_082));

    [Fact]
    public void The_largest_cases_lose_nothing_as_stored() => AssertSafe(ProtocolRules.AsStored, (0, 3, 791_252), (2, 2, 18_210_054));

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void A_broken_rule_loses_data(string rule, int backups, int prunes)
    {
        ProtocolRules rules = Breaking(rule, ProtocolRules.AsDecided);
        foreach ((int fewerBackups, int fewerPrunes) in Cases.TakeWhile(one => one != (backups, prunes)))
        {
            AssertSafe(rules, fewerBackups, fewerPrunes);
        }

        AssertLoses(rule, rules, backups, prunes);
        if (prunes == 1 || backups == 1)
        {
            AssertLoses(rule, Breaking(rule, ProtocolRules.AsStored), backups, prunes);
        }
    }

    [Fact]
    public void Every_rule_is_broken_once()
    {
        IEnumerable<string> rules = typeof(ProtocolRules).GetProperties().Where(static property => property.PropertyType == typeof(bool))
            .Select(static property => property.Name).Except([nameof(ProtocolRules.SweepsKept), nameof(ProtocolRules.SessionsDeleted)]);
        Assert.Equal(rules.Order(), BrokenRules.Select(static row => (string)row[0]).Order());
    }

    [Fact]
    public void A_loss_is_told_step_by_step()
    {
        Exploration exploration = Exploration.Of(1, 1, new ProtocolRules { NoFencing = true });
        string[] expected =
        [
            "the first snapshot is forgotten",
            "B0: registers",
            "B0: reads the marks",
            "B0: reads the sweeps; condemned: none",
            "B0: LISTs packs, reuses p1, p2",
            "G0: begins; the first snapshot is forgotten",
            "G0: LISTs snapshots as far as B0",
            "G0: reads the marks",
            "G0: reads the sweeps; condemned: none",
            "G0: LISTs packs, will mark p1, p2",
            "G0: marks p1, p2",
            "G0: LISTs sessions as far as B0",
            "G0: LISTs snapshots; the first is forgotten",
            "G0: LISTs snapshots again as far as B0",
            "B0: commits",
            "G0: has found the blob dead",
            "G0: reads the marks again",
            "G0: reads the sweeps again; condemned by others: none",
            "G0: puts the sweep of p1, p2",
            "G0: deletes p1",
            "G0: deletes p2",
        ];
        Assert.Equal(expected, exploration.Loss);
    }

    private static ProtocolRules Breaking(string rule, ProtocolRules rules)
    {
        ProtocolRules broken = rules with { };
        typeof(ProtocolRules).GetProperty(rule)!.SetValue(broken, true);
        return broken;
    }

    private static void AssertLoses(string rule, ProtocolRules rules, int backups, int prunes)
    {
        Exploration exploration = Exploration.Of(backups, prunes, rules);
        Assert.True(
            exploration.Loss is not null,
            $"{rule} should lose data with {backups} backups and {prunes} prunes, but none of {exploration.States:N0} states does: the model cannot see what this rule is for. {rules}");
    }

    private static void AssertSafe(ProtocolRules rules, (int Backups, int Prunes, int States) usual, (int Backups, int Prunes, int States) thorough)
    {
        (int backups, int prunes, int states) = Environment.GetEnvironmentVariable(LongTestsVariable) == "1" ? thorough : usual;
        AssertSafe(rules, backups, prunes, states);
    }

    private static void AssertSafe(ProtocolRules rules, int backups, int prunes, int? states = null)
    {
        Exploration exploration = Exploration.Of(backups, prunes, rules);
        Assert.True(
            exploration.Loss is null,
            $"{backups} backups and {prunes} prunes lose data:\n{string.Join('\n', exploration.Loss ?? [])}\n{rules}");
        Assert.Equal(states ?? exploration.States, exploration.States);
    }
}
