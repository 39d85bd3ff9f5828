using Dedup.Sessions;
using Dedup.Snapshots;
using Xunit;
using static Dedup.Tests.Sessions.SharedRepository;

namespace Dedup.Tests.Sessions;

/// <summary>A session relies on what it found whole and uncondemned, and on what it made itself; on nothing else.</summary>
public sealed class ReusablePacksTests
{
    [Fact]
    public void Without_prunes_all_that_is_there_may_be_relied_on()
    {
        ReusablePacks packs = new(GcState.None, [Pack(1), Pack(2)]);
        Assert.True(packs.IsUnrestricted);
        Assert.True(packs.Contains(Pack(1)));
        Assert.True(packs.Contains(Pack(2)));
        Assert.False(packs.Contains(Pack(3)));
    }

    [Theory]
    [InlineData(nameof(GcStep.Mark))]
    [InlineData(nameof(GcStep.Sweep))]
    public void A_condemned_pack_may_not_be_relied_on(string step)
    {
        ReusablePacks packs = new(Condemning(Enum.Parse<GcStep>(step), 2), [Pack(1), Pack(2)]);
        Assert.False(packs.IsUnrestricted);
        Assert.True(packs.Contains(Pack(1)));
        Assert.False(packs.Contains(Pack(2)));
    }

    [Fact]
    public void A_condemned_pack_that_is_gone_restricts_nothing()
    {
        ReusablePacks packs = new(Condemning(GcStep.Sweep, 2), [Pack(1)]);
        Assert.True(packs.IsUnrestricted);
        Assert.False(packs.Contains(Pack(2)));
    }

    [Fact]
    public void Where_a_record_cannot_be_read_nothing_may_be_relied_on()
    {
        GcState damaged = GcState.None with { Damage = [new CorruptDataException("gc/0000000000000001.mark", -1, "damaged")] };
        ReusablePacks packs = new(damaged, [Pack(1)]);
        Assert.False(packs.IsUnrestricted);
        Assert.False(packs.Contains(Pack(1)));
        packs.Add(Pack(2));
        Assert.True(packs.Contains(Pack(2)));
    }

    [Fact]
    public void A_pack_of_its_own_may_be_relied_on()
    {
        ReusablePacks packs = new(Condemning(GcStep.Mark, 1), [Pack(1)]);
        packs.Add(Pack(2));
        packs.Add(Pack(2));
        Assert.True(packs.Contains(Pack(2)));
        Assert.False(packs.Contains(Pack(1)));
        Assert.False(packs.IsUnrestricted);
    }

    private static GcState Condemning(GcStep step, byte pack)
    {
        Dictionary<long, GcRecord> records = new() { [1] = Record(1, step, pack) };
        return step == GcStep.Mark ? GcState.None with { OpenMarks = records } : GcState.None with { OpenSweeps = records };
    }
}
