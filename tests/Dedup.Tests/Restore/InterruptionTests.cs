using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>A restore that ends in the middle leaves nothing that looks done and is not, and the next one does the rest.</summary>
public sealed class InterruptionTests(RestoreScene scene) : IClassFixture<RestoreScene>
{
    private const int LastMoment = 30;

    // Files of several chunks and of one, linked ones, and one without content.
    private const string Tree = """
        mkdir -p a/b c
        for i in 1 2 3 4 5 6 7 8 9; do head -c $(( i * 30000 )) /dev/urandom > a/large-$i; head -c $(( i * 100 )) /dev/urandom > a/b/small-$i; done
        head -c 100000 /dev/urandom > c/linked; ln c/linked a/other; ln -s x c/soft; truncate -s 200000 c/hole
        chmod 400 a/large-3
        find . -exec touch -h -d '2020-02-02 02:02:02.5' {} +
        """;

    private const string Damage = """
        for f in a/large-* a/b/small-*; do printf damaged | dd of=$f bs=1 seek=$(( $(stat -c %s $f) * 2 / 3 )) conv=notrunc status=none; touch -d 2020-01-01 $f; done
        head -c 200000 /dev/urandom > c/hole; touch -d 2020-01-01 c/hole; rm c/soft; ln a/large-5 a/b/stray; touch -d 2020-01-01 c/linked a/large-5
        """;

    [Theory]
    [InlineData(OverwriteMode.Always)]
    [InlineData(OverwriteMode.IfChanged)]
    [InlineData(OverwriteMode.IfNewer)]
    [InlineData(OverwriteMode.Never)]
    public async Task A_first_restore_that_ends_anywhere_is_finished_by_the_next_one(OverwriteMode mode)
    {
        await scene.MakeAsync(Tree);
        for (int at = 1; at <= LastMoment; at++)
        {
            ExternalTool.Require(scene.Scratch.Path, "rm", "-rf", "target");
            await EndAtAsync(at, mode);
            AssertHonest(at);
            Assert.Empty((await scene.RestoreAsync(new RestoreOptions { Overwrite = mode })).Problems);
            scene.AssertSame();
        }
    }

    [Theory]
    [InlineData(OverwriteMode.Always)]
    [InlineData(OverwriteMode.IfChanged)]
    [InlineData(OverwriteMode.IfNewer)]
    public async Task An_update_that_ends_anywhere_is_finished_by_the_next_one(OverwriteMode mode)
    {
        await scene.MakeAsync(Tree);
        for (int at = 1; at <= LastMoment; at += 2)
        {
            ExternalTool.Require(scene.Scratch.Path, "rm", "-rf", "target");
            await scene.RestoreAndChangeAsync(Damage);
            await EndAtAsync(at, mode);
            AssertHonest(at);
            RestoreResult result = await scene.RestoreAsync(new RestoreOptions { Overwrite = mode, Delete = true });
            Assert.Empty(result.Problems);
            scene.AssertSame();
        }
    }

    [Fact]
    public async Task What_was_done_before_the_end_is_not_done_again()
    {
        await scene.MakeAsync("for i in $(seq 200); do head -c 50000 /dev/urandom > file-$i; done");
        await EndAtAsync(20, OverwriteMode.Always);
        long there = Directory.GetFiles(scene.Restored).Length;
        RestoreResult result = await scene.RestoreAsync();
        Assert.InRange(there, 20, 199);
        Assert.InRange(result.BytesWritten, 1, (200 - 20) * 50000);
    }

    [Fact]
    public async Task A_repository_that_lacks_content_costs_nothing_of_what_is_there()
    {
        await scene.MakeAsync("head -c 200000 /dev/urandom > whole; head -c 200000 /dev/urandom > file; cp file replaced; touch -d @1000000000 *");
        await scene.RestoreAndChangeAsync($"""
            printf damaged | dd of=file bs=1 seek=150000 conv=notrunc status=none
            rm replaced; echo mine > replaced; ln replaced {scene.Outside}/name
            """);
        byte[] before = await File.ReadAllBytesAsync(scene.Restored + "/file");
        await foreach (ObjectInfo pack in scene.Store.ListAsync("packs", CancellationToken.None))
        {
            if (pack.Length > 100_000)
            {
                await scene.Store.DeleteAsync(pack.Name, CancellationToken.None);
            }
        }

        RestoreResult result = await scene.RestoreAsync(new RestoreOptions { Verify = true });
        Assert.Equal(
            [scene.Restored + "/file", scene.Restored + "/replaced"],
            result.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.Equal(before, await File.ReadAllBytesAsync(scene.Restored + "/file"));
        Assert.Equal("mine\n", await File.ReadAllTextAsync(scene.Restored + "/replaced"));
        Assert.Equal(1, result.FilesVerified);
        Assert.Equal(3, Directory.GetFiles(scene.Restored).Length);
    }

    // By what is told of entries, or by what is read from the store: then others are in the middle of theirs.
    private async Task EndAtAsync(int at, OverwriteMode mode)
    {
        int left = at;
        if (at % 2 == 0)
        {
            RestoreOptions options = new() { Overwrite = mode, Actions = new Interrupter(() => Interlocked.Decrement(ref left) == 0) };
            await EndAsync(() => scene.RestoreAsync(options));
            return;
        }

        HookedStore ending = new(scene.Store, (operation, name) =>
            operation == StoreOperation.Read && name.StartsWith("packs/", StringComparison.Ordinal) && Interlocked.Decrement(ref left) == 0
                ? throw new OperationCanceledException()
                : Task.CompletedTask);
        await using Repository repository = await TestRepository.OpenByPasswordAsync(ending, scene.Scratch["cache"]);
        await EndAsync(() => repository.RestoreAsync(scene.Snapshot, scene.Target, new RestoreOptions { Overwrite = mode }, null, CancellationToken.None));
    }

    private static async Task EndAsync(Func<Task> restore)
    {
        try
        {
            await restore();
        }
        catch (OperationCanceledException)
        {
            // That was wanted; a late moment may also never come.
        }
    }

    // A file with the snapshot's size and time, and without the mark, has its content.
    private void AssertHonest(int at)
    {
        foreach (FileInfo original in new DirectoryInfo(scene.Original).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            FileInfo restored = new(scene.Target + original.FullName);
            if (restored.Exists && restored.Length == original.Length && restored.LastWriteTimeUtc == original.LastWriteTimeUtc
                && !restored.UnixFileMode.HasFlag(UnixFileMode.StickyBit))
            {
                Assert.True(
                    File.ReadAllBytes(original.FullName).AsSpan().SequenceEqual(File.ReadAllBytes(restored.FullName)),
                    $"ended at {at}: {original.Name} looks done and is not");
            }
        }
    }

    private sealed class Interrupter(Func<bool> isNow) : IProgress<RestoreAction>
    {
        public void Report(RestoreAction value)
        {
            if (isNow())
            {
                throw new OperationCanceledException();
            }
        }
    }
}
