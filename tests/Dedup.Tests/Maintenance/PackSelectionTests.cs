using Dedup.Catalogue;
using Dedup.Maintenance;
using Dedup.Tests.Catalogue;
using Xunit;

namespace Dedup.Tests.Maintenance;

public sealed class PackSelectionTests
{
    private const long Day = 86_400_000_000_000, Now = 1000 * Day;

    private static readonly (PackId Id, long Length)[] Packs = [.. Enumerable.Range(0, 200).Select(number => (CatalogueFixture.PackName(number), 1000L + number))];

    private static readonly Dictionary<PackId, Verification> Nothing = [];

    [Fact]
    public void The_structure_alone_reads_no_pack() => Assert.Empty(Pick(CheckOptions.Structure));

    [Fact]
    public void Everything_reads_every_pack() => Assert.Equal(200, Pick(CheckOptions.Everything).Count);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public void Fixed_parts_cover_every_pack_just_once(int count)
    {
        List<PackId> all = [.. Enumerable.Range(1, count).SelectMany(number => Pick(Reading(PackSubset.Part(number, count))))];
        Assert.Equal(Packs.Select(pack => pack.Id).Order(), all.Order());
    }

    [Fact]
    public void A_size_is_never_exceeded_and_nearly_reached()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            long sum = Length(Pick(Reading(PackSubset.Size(50_000)) with { Seed = seed }));
            Assert.InRange(sum, 50_000 - 1200, 50_000);
        }
    }

    [Fact]
    public void A_share_is_one_of_the_bytes()
    {
        long all = Packs.Sum(pack => pack.Length);
        Assert.InRange(Length(Pick(Reading(PackSubset.Share(0.25)))), (all / 4) - 1200, (all / 4) + 1);
        Assert.Equal(200, Pick(Reading(PackSubset.Share(1))).Count);
    }

    [Fact]
    public void The_same_seed_picks_the_same_whatever_the_order_of_the_listing_and_another_seed_others()
    {
        CheckOptions options = Reading(PackSubset.Size(50_000)) with { Seed = 7 };
        IReadOnlyList<PackId> picked = Pick(options);
        Assert.Equal(picked, PackSelection.Pick([.. Packs.Reverse()], Nothing, options, Now));
        Assert.NotEqual(picked.Order(), Pick(options with { Seed = 8 }).Order());
    }

    [Fact]
    public void By_age_the_damaged_come_first_then_the_never_read_then_the_oldest_and_the_young_not_at_all()
    {
        Dictionary<PackId, Verification> ledger = Packs.ToDictionary(pack => pack.Id, _ => new Verification(Now - Day, false));
        ledger[Packs[3].Id] = new Verification(Now - (40 * Day), false);
        ledger[Packs[4].Id] = new Verification(Now - (30 * Day), false);
        ledger[Packs[5].Id] = new Verification(Now + 1, false);
        ledger[Packs[6].Id] = new Verification(Now - Day, true);
        CheckOptions options = new() { ReadData = true, OlderThan = TimeSpan.FromDays(30) };
        Assert.Equal([Packs[6].Id, Packs[5].Id, Packs[3].Id, Packs[4].Id], PackSelection.Pick(Packs, ledger, options, Now));

        PackSubset size = PackSubset.Size(Packs[6].Length + Packs[5].Length);
        Assert.Equal([Packs[6].Id, Packs[5].Id], PackSelection.Pick(Packs, ledger, options with { Subset = size }, Now));
        Assert.Equal(2, PackSelection.Pick(Packs, ledger, options with { OlderThan = TimeSpan.MaxValue }, Now).Count);
    }

    private static CheckOptions Reading(PackSubset subset) => new() { ReadData = true, Subset = subset };

    private static IReadOnlyList<PackId> Pick(CheckOptions options) => PackSelection.Pick(Packs, Nothing, options, Now);

    private static long Length(IEnumerable<PackId> packs) => packs.Sum(id => Packs.Single(pack => pack.Id == id).Length);
}
