using Dedup.Restore;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>What is in the way in a target, and what becomes of the entries that it is in the way of.</summary>
public sealed class InTheWayTests(RestoreScene scene) : IClassFixture<RestoreScene>
{
    [Fact]
    public async Task A_file_that_is_to_stay_in_the_place_of_a_directory_is_told_and_stays()
    {
        await scene.MakeAsync("mkdir d; echo in the snapshot > d/f; echo beside > g");
        await scene.RestoreAndChangeAsync("rm -r d g; echo mine > d");
        RestoreResult result = await scene.RestoreAsync(new RestoreOptions { Overwrite = OverwriteMode.Never });
        RestoreProblem problem = Assert.Single(result.Problems);
        Assert.EndsWith("/d", problem.Path, StringComparison.Ordinal);
        Assert.Contains("not to be overwritten", problem.Reason, StringComparison.Ordinal);
        Assert.Equal("mine\n", await File.ReadAllTextAsync(scene.Restored + "/d"));
        Assert.Equal("beside\n", await File.ReadAllTextAsync(scene.Restored + "/g"));
    }

    [Fact]
    public async Task Other_names_of_a_file_that_could_not_be_restored_are_told_and_do_not_become_something_else()
    {
        await scene.MakeAsync("echo text > a; ln a b");
        await scene.RestoreAndChangeAsync("rm a b; mkdir a; echo mine > a/kept; echo other > b");
        RestoreResult result = await scene.RestoreAsync();
        Assert.Contains(result.Problems, problem => problem.Path.EndsWith("/a", StringComparison.Ordinal));
        Assert.Contains(result.Problems, problem => problem.Path.EndsWith("/b", StringComparison.Ordinal) && problem.Reason.Contains("is another name of", StringComparison.Ordinal));
        Assert.Equal("mine\n", await File.ReadAllTextAsync(scene.Restored + "/a/kept"));
        Assert.Equal("other\n", await File.ReadAllTextAsync(scene.Restored + "/b"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Zeros_take_the_place_of_what_is_there(bool isSparse)
    {
        await scene.MakeAsync("head -c 200000 /dev/zero > zeros; head -c 100000 /dev/urandom > mixed; head -c 100000 /dev/zero >> mixed");
        await scene.RestoreAndChangeAsync("head -c 200000 /dev/urandom > zeros; head -c 200000 /dev/urandom | dd of=mixed conv=notrunc status=none");
        Assert.Empty((await scene.RestoreAsync(new RestoreOptions { Sparse = isSparse })).Problems);
        scene.AssertSame();
    }

    [RootFact]
    public async Task Owners_are_found_by_name_and_who_has_no_name_here_by_number()
    {
        await scene.MakeAsync("echo a > named; chown daemon:daemon named; echo b > numbered; chown 54321:54322 numbered");
        Assert.Empty((await scene.RestoreAsync(new RestoreOptions { OwnershipByName = true })).Problems);
        scene.AssertSame();
    }
}
