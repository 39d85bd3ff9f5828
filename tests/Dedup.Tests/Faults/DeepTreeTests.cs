using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>A tree nested deeper than any reader allows. Alone, because restoring it takes every file handle there is.</summary>
[Collection(nameof(AloneCollection))]
public sealed class DeepTreeTests : IDisposable
{
    private const int Depth = 100_000;

    private readonly ScratchDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tree_of_a_hundred_thousand_levels_is_found_by_a_check_and_ends_listing_and_restore_with_an_error()
    {
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        await using Repository opened = await repository.OpenAsync(store);
        SnapshotId snapshot = await ForgedSnapshot.CommitAsync(repository, store, opened, (keys, write) => ForgedSnapshot.Nest(keys, write, Depth));

        CheckReport report = await opened.CheckAsync(CheckLevel.Structure, null, CancellationToken.None);
        Assert.Contains(report.Findings, finding => finding.Message.Contains(snapshot.ToShortString(), StringComparison.Ordinal) && finding.Message.Contains("deeper", StringComparison.Ordinal));

        int listed = 0;
        CorruptDataException exception = await Assert.ThrowsAsync<CorruptDataException>(async () =>
        {
            await foreach (var _ in opened.ListEntriesAsync(snapshot, null, isRecursive: true, CancellationToken.None))
            {
                listed++;
            }
        });
        Assert.Contains("deeper", exception.Message, StringComparison.Ordinal);
        Assert.InRange(listed, 1, Depth - 1);

        RestoreResult result = await opened.RestoreAsync(snapshot, repository.NewFolder(), new RestoreOptions(), null, CancellationToken.None);
        Assert.False(result.IsComplete);
        Assert.Single(result.Problems, problem => problem.Severity == ProblemSeverity.Error);
    }
}
