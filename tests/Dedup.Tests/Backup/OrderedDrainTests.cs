using Dedup.Backup;
using Xunit;

namespace Dedup.Tests.Backup;

public sealed class OrderedDrainTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Items_in_any_order_are_passed_on_in_theirs(int seed)
    {
        int[] places = [.. Enumerable.Range(0, 1000)];
        new Random(seed).Shuffle(places);
        List<int> passed = [];
        OrderedDrain<int> drain = new(passed.Add);
        int closeAt = 500;
        List<bool> ends = [];
        foreach (int place in places)
        {
            if (closeAt-- == 0)
            {
                ends.Add(drain.Close(places.Length));
            }

            ends.Add(drain.Put(place, place));
        }

        Assert.Equal(Enumerable.Range(0, 1000), passed);
        Assert.True(ends[^1]);
        Assert.Single(ends, end => end);
    }

    [Fact]
    public void Closing_tells_the_end_when_all_has_been_passed_on_and_when_there_is_nothing()
    {
        OrderedDrain<int> drain = new(_ => { });
        Assert.False(drain.Put(0, 0));
        Assert.True(drain.Close(1));
        Assert.True(new OrderedDrain<int>(_ => { }).Close(0));
    }

    [Fact]
    public void Of_many_threads_one_is_told_of_the_end()
    {
        const int items = 20_000;
        List<int> passed = [];
        OrderedDrain<int> drain = new(passed.Add);
        int ends = drain.Close(items) ? 1 : 0;
        Parallel.For(0, items, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Interlocked.Add(ref ends, drain.Put(i, i) ? 1 : 0));
        Assert.Equal(1, ends);
        Assert.Equal(Enumerable.Range(0, items), passed);
    }
}
