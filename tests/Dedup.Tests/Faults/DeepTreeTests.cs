using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>A tree nested deeper than any reader allows.</summary>
[Collection(ExhaustingTests.Name)]
public sealed class DeepTreeTests : IDisposable
{
    private const int Depth = 100_000;

    private readonly ScratchDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fault(52)]
    [Fact]
    public async Task A_check_names_the_snapshot_and_ends()
    {
        (Repository opened, SnapshotId snapshot) = await MakeAsync();
        await using (opened)
        {
            CheckReport report = await opened.CheckAsync(CheckOptions.Structure, null, CancellationToken.None);
            Assert.Contains(report.Findings, finding =>
                finding.Message.Contains(snapshot.ToShortString(), StringComparison.Ordinal) && finding.Message.Contains("deeper", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_listing_ends_with_an_error()
    {
        (Repository opened, SnapshotId snapshot) = await MakeAsync();
        await using (opened)
        {
            int listed = 0;
            CorruptDataException exception = await Assert.ThrowsAsync<CorruptDataException>(async () =>
            {
                await foreach (var entry in opened.ListEntriesAsync(snapshot, null, isRecursive: true, CancellationToken.None))
                {
                    Assert.Equal(listed++, entry.Directory.Count);
                }
            });
            Assert.Contains("deeper", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fault(52)]
    [Fact]
    public async Task A_restore_ends_with_an_error_for_what_lies_too_deep()
    {
        (Repository opened, SnapshotId snapshot) = await MakeAsync();
        await using (opened)
        {
            string target = _folder["target"];
            RestoreResult result = await opened.RestoreAsync(snapshot, target, new RestoreOptions(), null, CancellationToken.None);

            // Not by Directory.Delete, which goes down by recursion.
            ExternalTool.Require("/", "rm", "-rf", target);
            Assert.False(result.IsComplete);
            Assert.Contains(result.Problems, problem => problem.Severity == ProblemSeverity.Error);
            Assert.True(result.Entries >= 1000, $"only {result.Entries} levels were restored");
        }
    }

    private async Task<(Repository Opened, SnapshotId Snapshot)> MakeAsync()
    {
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        Repository opened = await repository.OpenAsync(store);
        SnapshotId snapshot = await ForgedSnapshot.CommitAsync(repository, store, opened, (keys, write) => ForgedSnapshot.Nest(keys, write, Depth));
        return (opened, snapshot);
    }
}
