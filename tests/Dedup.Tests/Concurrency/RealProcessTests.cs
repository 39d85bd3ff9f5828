using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Concurrency;

/// <summary>Processes that use one repository in a folder at once, and are killed.</summary>
[Collection(ExhaustingTests.Name)]
public sealed class RealProcessTests(ITestOutputHelper output)
{
    [Fault(43)]
    [Fact]
    public async Task Whatever_is_killed_what_was_committed_and_not_forgotten_restores()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using ScratchDirectory scratch = ScratchDirectory.InMemory(4L << 30);
        await using LocalStore store = LocalStore.Create(scratch["repository"]);
        RepositoryTrial trial = new(store, store.Location, new Dictionary<string, string>(), scratch);
        output.WriteLine(await trial.RunAsync(RepositoryTrial.Lifetime(usualSeconds: 30), seed));
    }
}
