using Dedup.Policy.Sources;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Sources;

public sealed class ScratchFolderTests
{
    private const int Makers = 4, Each = 400;

    [Fact]
    public void Many_that_make_folders_and_remove_abandoned_ones_in_one_place_do_not_get_in_each_others_way()
    {
        using ScratchDirectory parent = new();
        Parallel.For(0, Makers, new ParallelOptions { MaxDegreeOfParallelism = Makers }, maker =>
        {
            for (int i = 0; i < Each; i++)
            {
                using ScratchFolder folder = ScratchFolder.Create(parent.Path);
                File.WriteAllText(Path.Combine(folder.Path, "mine"), $"{maker} {i}");
                Assert.Equal(["mine"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
            }
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent.Path));
    }
}
