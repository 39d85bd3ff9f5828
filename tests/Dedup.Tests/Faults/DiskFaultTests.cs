using Dedup.Storage;
using Dedup.Tests.Recording;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>Each system call that backups, forgets and prunes make on the disk of their store fails once: the error is clear, nothing is lost, and the next run succeeds.</summary>
public sealed class DiskFaultTests(ITestOutputHelper output) : IDisposable
{
    private static readonly (int Error, string Word)[] Errors =
        [(Errno.NoSpace, "disk is full"), (Errno.InputOutput, "input/output error"), (Errno.Quota, "quota")];

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("DEDUP_LONG_TESTS") == "1";

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    public void Dispose() => _folder.Dispose();

    [Fault(6, 7, 9, 10)]
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    public async Task Whichever_call_fails_the_error_is_clear_nothing_is_lost_and_the_next_run_succeeds(bool failsReads, bool staysBroken, bool hasNoLinks)
    {
        int points = 0;
        await foreach (CrashScene scene in CrashScene.MakeAllAsync(_folder.Path))
        {
            // Each call fails in one way, the next in another; all ways at each call take long.
            int call = 1;
            for (bool isMet = true; isMet; call++)
            {
                foreach ((int error, string word) in IsLong ? Errors : [Errors[failsReads ? 1 : call % Errors.Length]])
                {
                    FailingDisk disk = new() { FailAt = call, Error = error, FailsReads = failsReads, StaysBroken = staysBroken, HasNoLinks = hasNoLinks };
                    isMet = await BreakAsync(scene, disk, word);
                    points++;
                }
            }

            output.WriteLine($"{scene.Name}: {call - 2} calls");
        }

        output.WriteLine($"{points} faults");
    }

    [Fault(11)]
    [Fact]
    public async Task Calls_that_do_less_than_they_were_asked_to_cost_nothing()
    {
        await foreach (CrashScene scene in CrashScene.MakeAllAsync(_folder.Path))
        {
            Assert.False(await BreakAsync(scene, new FailingDisk { IsShort = true }, ""));
        }
    }

    /// <returns>Whether the operation met the fault.</returns>
    private static async Task<bool> BreakAsync(CrashScene scene, FailingDisk disk, string word)
    {
        string folder = scene.Repository.NewFolder(), cache = scene.CopyCache();
        scene.Before.WriteTo(folder);
        DedupException? failure = null;
        using RecordingLog log = new();
        try
        {
            await using LocalStore store = new(folder, disk);
            await using Repository opened = await scene.Repository.OpenAsync(store, cache, log: log);
            await scene.Operation(opened, scene.Source);
        }
        catch (DedupException exception)
        {
            failure = exception;
        }

        try
        {
            // What is only about the temporary file stands in nobody's way.
            Assert.True(failure is null || disk.Failed is not null, failure?.Message);
            Assert.True(failure is not null || log.TellsOfNoRecord || disk.Failed is null or nameof(DiskCalls.Unlink), "nobody was told");
            Assert.True(failure is null || IsClear(failure, word), failure?.Message);
            await using LocalStore kernel = new(folder);
            await CrashJudge.RequireIntactAsync(scene, kernel, cut: null);
            await CrashJudge.GoOnAsync(scene, kernel, cache, cut: null, backUpFirst: disk.FailAt % 2 == 0);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder, "tmp")));
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{scene.Name}, call {disk.FailAt}, {disk.Failed} fails with {word}: {exception.Message}", exception);
        }

        Directory.Delete(folder, recursive: true);
        return disk.Failed is not null;
    }

    private static bool IsClear(DedupException failure, string word) =>
        failure.Message.Contains(word, StringComparison.Ordinal) && !failure.Message.Contains('\n', StringComparison.Ordinal);
}
