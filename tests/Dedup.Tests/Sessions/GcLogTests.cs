using Dedup.FormatReader;
using Dedup.Sessions;
using Dedup.Storage;
using Dedup.Tests.Format;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Sessions;

/// <summary>A session must not rely on a pack that a prune may delete: what the records condemn, at every moment of a prune.</summary>
public sealed class GcLogTests
{
    private readonly SharedRepository _repository = new();

    [Fact]
    public async Task Nothing_is_condemned_before_the_first_prune()
    {
        GcState state = await ReadAsync();
        Assert.Equal(0, state.LastNumber);
        Assert.Empty(state.Damage);
        await AssertCondemnedAsync();
    }

    [Fact]
    public async Task Each_step_of_a_prune_condemns_what_it_names()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1, 2, 3);
        await AssertCondemnedAsync(1, 2, 3);
        await _repository.PutAsync(1, GcStep.Sweep, 2);
        await AssertCondemnedAsync(2);
        await _repository.PutAsync(1, GcStep.Retirement);
        await AssertCondemnedAsync();
        await _repository.DeleteAsync(RepositoryObjects.GcRecord(1, GcStep.Mark));
        await AssertCondemnedAsync();
        Assert.Equal(1, (await ReadAsync()).LastNumber);
    }

    [Fact]
    public async Task Prunes_condemn_beside_each_other()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1, 9);
        await _repository.PutAsync(2, GcStep.Mark, 2, 9);
        await _repository.PutAsync(2, GcStep.Sweep, 2);
        await _repository.PutAsync(3, GcStep.Sweep, 3);
        await _repository.PutAsync(3, GcStep.Retirement);
        await _repository.PutAsync(4, GcStep.Mark, 4);
        await AssertCondemnedAsync(1, 2, 4, 9);

        GcState state = await ReadAsync();
        Assert.Equal(4, state.LastNumber);
        Assert.Equal([1L, 4L], state.OpenMarks.Keys.Order());
        Assert.Equal([2L], state.OpenSweeps.Keys);
        Assert.Equal([2, 4], Numbers(state.Condemned(except: 1)));
        Assert.Equal([1, 4, 9], Numbers(state.Condemned(except: 2)));
    }

    [Fact]
    public async Task Objects_of_other_names_are_ignored()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        foreach (string name in (string[])["gc/1.mark", "gc/0000000000000000.mark", "gc/0000000000000003.marked", "gc/00000000000000004.mark", "gc/ffffffffffffffff.mark", "gc/notes"])
        {
            await _repository.PutAsync(ObjectName.Parse(name), [1]);
        }

        await AssertCondemnedAsync(1);
        Assert.Empty((await ReadAsync()).Damage);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(long.MaxValue)]
    public async Task A_gap_in_the_numbers_is_damage_however_wide(long number)
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        await _repository.PutAsync(number, GcStep.Mark, 2);
        await _repository.DeleteAsync(RepositoryObjects.GcRecord(number == 2 ? 1 : 2, GcStep.Mark));
        GcState state = await ReadAsync();
        Assert.Equal(number == 2 ? "gc/0000000000000001.sweep" : "gc/0000000000000002.sweep", Assert.Single(state.Damage).ObjectName);
        Assert.Equal(number, state.LastNumber);
        await AssertNobodyKnowsAsync();
    }

    [Theory]
    [InlineData(nameof(GcStep.Mark))]
    [InlineData(nameof(GcStep.Sweep))]
    public async Task A_damaged_record_that_decides_is_damage(string stepName)
    {
        GcStep step = Enum.Parse<GcStep>(stepName);
        await _repository.PutAsync(1, GcStep.Mark, 1, 2);
        await _repository.PutAsync(1, step, 1);
        await DamageAsync(1, step);
        await _repository.PutAsync(2, GcStep.Mark, 3);
        GcState state = await ReadAsync();
        Assert.Equal(RepositoryObjects.GcRecord(1, step).Value, Assert.Single(state.Damage).ObjectName);
        await AssertNobodyKnowsAsync();
    }

    [Theory]
    [InlineData(nameof(GcStep.Mark), false)]
    [InlineData(nameof(GcStep.Mark), true)]
    [InlineData(nameof(GcStep.Sweep), true)]
    [InlineData(nameof(GcStep.Retirement), true)]
    public async Task A_damaged_record_that_decides_nothing_any_more_is_not_looked_at(string damaged, bool isRetired)
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        await _repository.PutAsync(1, GcStep.Sweep);
        if (isRetired)
        {
            await _repository.PutAsync(1, GcStep.Retirement);
        }

        await DamageAsync(1, Enum.Parse<GcStep>(damaged));
        await AssertCondemnedAsync();
        Assert.Empty((await ReadAsync()).Damage);
    }

    [Fact]
    public async Task A_record_under_the_name_of_another_step_or_number_is_damage()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        byte[] mark = (await StoreContent.ReadAsync(_repository.Objects))["gc/0000000000000001.mark"];
        await _repository.PutAsync(RepositoryObjects.GcRecord(1, GcStep.Sweep), mark);
        await AssertNobodyKnowsAsync();
        await _repository.PutAsync(1, GcStep.Retirement);
        await _repository.PutAsync(RepositoryObjects.GcRecord(2, GcStep.Mark), mark);
        await AssertNobodyKnowsAsync();
    }

    [Fact]
    public async Task A_record_that_goes_between_listing_and_reading_is_looked_for_again()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        await _repository.PutAsync(2, GcStep.Mark, 2);
        bool isOver = false;
        _repository.Store.BeforeRead = async _ =>
        {
            if (!isOver)
            {
                isOver = true;
                await _repository.PutAsync(1, GcStep.Sweep, 1);
                await _repository.PutAsync(1, GcStep.Retirement);
                await _repository.DeleteAsync(RepositoryObjects.GcRecord(1, GcStep.Mark));
                await _repository.PutAsync(3, GcStep.Mark, 3);
            }
        };
        GcState state = await ReadAsync();
        Assert.Empty(state.Damage);
        Assert.Equal([2, 3], Numbers(state.Condemned()));
    }

    [Fact]
    public async Task A_record_that_is_listed_and_never_there_is_damage()
    {
        await _repository.PutAsync(1, GcStep.Mark, 1);
        _repository.Store.BeforeList = _ => _repository.PutAsync(1, GcStep.Mark, 1);
        _repository.Store.BeforeRead = _repository.DeleteAsync;
        GcState state = await ReadAsync();
        Assert.Equal("gc/0000000000000001.mark", Assert.Single(state.Damage).ObjectName);
    }

    [Fact]
    public async Task A_listing_that_missed_a_record_just_written_is_made_again()
    {
        await _repository.PutAsync(2, GcStep.Mark, 2);
        int listings = 0;
        _repository.Store.BeforeList = async _ =>
        {
            if (++listings == 2)
            {
                await _repository.PutAsync(1, GcStep.Mark, 1);
            }
        };
        GcState state = await ReadAsync();
        Assert.Empty(state.Damage);
        Assert.Equal([1, 2], Numbers(state.Condemned()));
    }

    [Fact]
    public async Task A_step_is_decided_once()
    {
        Assert.True(await _repository.Log.TryPutAsync(SharedRepository.Record(1, GcStep.Mark, 1), default));
        Assert.False(await _repository.Log.TryPutAsync(SharedRepository.Record(1, GcStep.Mark, 2), default));
        Assert.Equal([SharedRepository.Pack(1)], (await _repository.Log.ReadAsync(1, GcStep.Mark, default)).Packs);
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => _repository.Log.ReadAsync(1, GcStep.Sweep, default));
    }

    private static int[] Numbers(IEnumerable<PackId> packs) => [.. packs.Select(pack => (int)pack.ToArray()[0]).Order()];

    private Task<GcState> ReadAsync() => _repository.Log.ReadAsync(default);

    private async Task DamageAsync(long number, GcStep step)
    {
        ObjectName name = RepositoryObjects.GcRecord(number, step);
        byte[] content = (await StoreContent.ReadAsync(_repository.Objects))[name.Value];
        await _repository.PutAsync(name, content.Flip(content.Length - 1));
    }

    /// <summary>The engine and the reader that was written from format-spec.md alone agree.</summary>
    private async Task AssertCondemnedAsync(params int[] packs)
    {
        Assert.Equal(packs, Numbers((await ReadAsync()).Condemned()));
        IEnumerable<string> expected = packs.Select(pack => SharedRepository.Pack((byte)pack).ToString());
        Assert.Equal(expected, Dedup.FormatReader.GcLog.Condemned(await ObjectsAsync(), VectorKeys.Keys).Order(StringComparer.Ordinal));
    }

    private async Task AssertNobodyKnowsAsync()
    {
        Assert.NotEmpty((await ReadAsync()).Damage);
        Dictionary<string, byte[]> objects = await ObjectsAsync();
        Assert.Throws<RejectedException>(() => Dedup.FormatReader.GcLog.Condemned(objects, VectorKeys.Keys));
    }

    private async Task<Dictionary<string, byte[]>> ObjectsAsync()
    {
        StoreContent content = await StoreContent.ReadAsync(_repository.Objects);
        return content.Names.ToDictionary(name => name, name => content[name]);
    }
}
