using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Restore;

/// <summary>Snapshots and targets that mean harm: whatever they hold, and whoever changes the target meanwhile, nothing outside of it is touched.</summary>
public sealed class HostileRestoreTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private TestRepository _test = null!;
    private Repository _opened = null!;

    public static TheoryData<int> Numbers => [.. HostileCases.All.Select(static hostile => hostile.Number)];

    private string Outside => _scratch["outside"];

    private string Target => _scratch["target"];

    public async Task InitializeAsync()
    {
        _test = await TestRepository.MakeAsync(_store, _scratch.Make("caches"));
        _opened = await _test.OpenAsync(_store);
    }

    public async Task DisposeAsync()
    {
        await _opened.DisposeAsync();
        _scratch.Dispose();
    }

    [Fault(47, 48, 49, 50, 51)]
    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Nothing_outside_of_the_target_is_touched(int number)
    {
        HostileCase hostile = HostileCases.All.Single(hostile => hostile.Number == number);
        output.WriteLine(hostile.ToString());
        SnapshotId? first = hostile.First is { } tree ? await CommitAsync(tree) : null;
        SnapshotId snapshot = await CommitAsync(hostile.Tree);

        // With somebody else at work: before each read of the restore in turn, until it makes no more.
        int read = 0, reads;
        do
        {
            reads = await TryAsync(hostile, first, snapshot, ++read);
        }
        while (hostile.Swap.Length > 0 && reads >= read);
    }

    [Fact]
    public void The_cases_are_numbered_one_by_one() =>
        Assert.Equal(Enumerable.Range(1, HostileCases.All.Count), HostileCases.All.Select(hostile => hostile.Number));

    /// <returns>How many reads the restore made.</returns>
    private async Task<int> TryAsync(HostileCase hostile, SnapshotId? first, SnapshotId snapshot, int swapAtRead)
    {
        ExternalTool.Require("/", "rm", "-rf", Outside, Target, _scratch["elsewhere"]);
        _scratch.Make("target");
        ExternalTool.Require(_scratch.Make("outside"), "sh", "-ec", "echo canary > secret; chmod 640 secret; mkdir inner; echo kept > inner/file; touch -d @1000000000 secret inner/file inner .");
        if (first is { } id)
        {
            await _opened.RestoreAsync(id, Target, new RestoreOptions(), null, CancellationToken.None);
        }

        Run(hostile.Plant);
        string before = ListOutside();
        int reads = 0;
        HookedStore store = new(_store, (operation, name) =>
        {
            if (operation == StoreOperation.Read && name.StartsWith("packs/", StringComparison.Ordinal) && Interlocked.Increment(ref reads) == swapAtRead && hostile.Swap.Length > 0)
            {
                Run(hostile.Swap);
                before = ListOutside();
            }

            return Task.CompletedTask;
        });

        RestoreResult result;
        await using (Repository repository = await _test.OpenAsync(store))
        {
            result = await repository.RestoreAsync(snapshot, Target, hostile.Options, null, CancellationToken.None);
        }

        Assert.Equal(before, ListOutside());
        Assert.False(hostile.IsRefused && result.IsComplete, "nobody was told");
        Assert.All(result.Problems, problem => Assert.DoesNotContain(problem.Path + problem.Reason, char.IsControl));
        Run(hostile.Expect);
        return reads;
    }

    private void Run(string script) => ExternalTool.Require(Target, "sh", "-c", $"o='{Outside}'; {(script.Length == 0 ? "true" : script)}");

    /// <summary>What lies outside, with all that a restore could change of it; the link count is left out, since cases make links to it.</summary>
    private string ListOutside() => ExternalTool.Require(
        Outside, "sh", "-c", @"find . -printf '%P %y %m %U %G %s %T@ %l\n' | sort; find . -type f -exec sha256sum {} + | sort; getfattr -Rhd -m- . 2>/dev/null");

    private Task<SnapshotId> CommitAsync(Func<HostileTree, string, Format.NodeParts[]> tree) =>
        ForgedSnapshot.CommitAsync(_test, _store, _opened, (_, write) =>
        {
            HostileTree hostile = new(write);
            return hostile.Page(tree(hostile, Outside));
        });
}
