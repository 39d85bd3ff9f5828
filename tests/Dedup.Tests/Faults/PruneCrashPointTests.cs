using Dedup.Storage;
using Dedup.Testing;
using Dedup.Tests.Recording;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>
/// Backups, forgets and prunes are stopped before and after each change that they make to the store, fail there, leave half an object
/// there, and make the change twice. Whoever comes next, with an old catalogue or without one, loses nothing and needs no repair.
/// </summary>
public sealed class PruneCrashPointTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    public void Dispose() => _folder.Dispose();

    [Fault(3, 4, 5)]
    [Theory]
    [InlineData(FaultMoment.Before, true)]
    [InlineData(FaultMoment.Before, false)]
    [InlineData(FaultMoment.After, false)]
    [InlineData(FaultMoment.Cut, true)]
    [InlineData(FaultMoment.Twice, false)]
    public async Task Wherever_it_ends_nothing_is_lost_and_the_next_ones_succeed(FaultMoment moment, bool isFatal)
    {
        int points = 0;
        await foreach (CrashScene scene in CrashScene.MakeAllAsync(_folder.Path))
        {
            // How many changes there are, and in which order, depends a little on threads: until one gets by without meeting the fault.
            long ordinal = 1;
            while (await BreakAsync(scene, ordinal, new StoreFault(moment, IsFatal: isFatal)))
            {
                ordinal++;
            }

            output.WriteLine($"{scene.Name}: {ordinal - 1} changes");
            points += (int)ordinal;
        }

        output.WriteLine($"{moment}{(isFatal ? " and nothing after it" : "")}: {points} points");
    }

    /// <returns>Whether the operation met the fault.</returns>
    private static async Task<bool> BreakAsync(CrashScene scene, long ordinal, StoreFault fault)
    {
        MemoryStore inner = scene.Before.ToStore();
        FaultyStore faulty = new(inner);
        faulty.FailMutation(ordinal, fault);
        string cache = scene.CopyCache();
        bool isDone = await TryAsync(scene, faulty, cache);
        bool isMet = faulty.Mutations >= ordinal;
        string point = $"{scene.Name}, change {ordinal} {fault.Moment} {faulty.CutObject}";
        Assert.True(isDone == (!isMet || fault.Moment == FaultMoment.Twice), $"{point}: done is {isDone}");
        Assert.Equal(0, faulty.OpenUploads);

        try
        {
            StoreContent after = await StoreContent.ReadAsync(inner);
            string? cut = isMet ? faulty.CutObject?.Value : null;
            await CrashJudge.RequireIntactAsync(scene, after.ToStore(), cut);
            await CrashJudge.GoOnAsync(scene, after.ToStore(), scene.Repository.NewFolder(), cut, backUpFirst: false);
            await CrashJudge.GoOnAsync(scene, after.ToStore(), cache, cut, backUpFirst: true);
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{point}: {exception.Message}", exception);
        }

        return isMet;
    }

    /// <returns>Whether all was done, and recorded.</returns>
    private static async Task<bool> TryAsync(CrashScene scene, FaultyStore store, string cache)
    {
        using RecordingLog log = new();
        try
        {
            await using Repository opened = await scene.Repository.OpenAsync(store, cache, log: log);
            await scene.Operation(opened, scene.Source);
            return !log.TellsOfNoRecord;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
