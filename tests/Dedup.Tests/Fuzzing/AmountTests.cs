using Dedup.Content;
using Dedup.Crypto;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Fuzzing;

/// <summary>Sums of sizes that others name: fuzzing found that two sparse files of 2^62 bytes ended a backup, and invented totals what else adds them up.</summary>
public sealed class AmountTests
{
    [Fact]
    public void A_sum_beyond_63_bits_is_as_much_as_they_hold()
    {
        Assert.Equal(5, Amount.Add(2, 3));
        Assert.Equal(long.MaxValue, Amount.Add(long.MaxValue - 3, 3));
        Assert.Equal(long.MaxValue, Amount.Add(long.MaxValue, long.MaxValue));
        Assert.Equal(long.MaxValue, Amount.Sum([long.MaxValue, 1, long.MaxValue], static amount => amount));
        long sum = 1;
        Amount.Add(ref sum, 2);
        Assert.Equal(3, sum);
        Amount.Add(ref sum, long.MaxValue);
        Assert.Equal(long.MaxValue, sum);
    }

    [Fact]
    public void What_threads_add_at_once_is_not_lost()
    {
        long sum = 0;
        Parallel.For(0, 100_000, _ => Amount.Add(ref sum, 3));
        Assert.Equal(300_000, sum);
    }

    [Fact]
    public void A_directory_of_two_enormous_sparse_files_can_be_written()
    {
        using RepositoryKeys keys = new(MasterKey.FromBytes(new byte[MasterKey.Length]), default);
        TreeWriter directory = new(keys, static (_, _) => default);
        foreach (string name in (string[])["a", "b"])
        {
            NodeMetadata metadata = new() { Type = NodeType.File, Size = 1L << 62 };
            directory.Add(new Node { Name = EntryName.FromText(name), Metadata = metadata, Extents = [Extent.Hole(metadata.Size)] });
        }

        Assert.Equal(new TreeTotals(2, 0, long.MaxValue), directory.Finish().Totals);
    }
}
