using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>The rungs by which a reader finds blobs: catalogue, index, footers, the records themselves. Each carries a whole restore.</summary>
public sealed class RebuildTests(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Fact]
    public async Task Without_a_catalogue_everything_restores() => await RequireAllAsync(repository.Content.ToStore());

    [Fault(23)]
    [Fact]
    public async Task Without_any_index_segment_everything_restores_from_the_footers()
    {
        FaultyStore counted = new(repository.Content.Without("index").ToStore());
        await RequireAllAsync(counted);
    }

    [Fault(18)]
    [Fact]
    public async Task Without_index_and_with_every_footer_broken_everything_restores_by_scanning() =>
        await RequireAllAsync(WithBrokenFooters(repository.Content.Without("index")).ToStore());

    [Fault(22)]
    [Fact]
    public async Task Without_any_one_index_segment_everything_restores()
    {
        foreach (string segment in repository.Content.In("index"))
        {
            await RequireAllAsync(repository.Content.With((segment, null)).ToStore());
        }
    }

    [Fault(22)]
    [Fact]
    public async Task With_damaged_segments_and_a_catalogue_from_before_everything_restores()
    {
        StoreContent damaged = repository.Content;
        foreach (string segment in damaged.In("index"))
        {
            damaged = damaged.WithFlip(segment, damaged[segment].Length / 2);
        }

        await RequireAllAsync(damaged.ToStore(), WarmCache());
        await RequireAllAsync(damaged.ToStore());
    }

    [Fault(2)]
    [Fact]
    public async Task The_next_backup_lists_the_packs_that_no_segment_lists_and_stores_nothing_twice()
    {
        MemoryStore store = repository.Content.Without("index").ToStore();
        var result = await repository.Repository.BackUpAsync(store, repository.Source);
        Assert.Equal(0, result.Snapshot.Statistics.DataBlobs + result.Snapshot.Statistics.TreeBlobs);
        Assert.Equal(0, result.Snapshot.Statistics.BytesRead);

        await using Repository opened = await repository.Repository.OpenAsync(store);
        CheckReport report = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.Empty(report.Findings);
        await RequireAllAsync(store);
    }

    [Fault(21)]
    [Fact]
    public async Task A_missing_pack_costs_only_the_files_that_need_it_and_the_next_backup_makes_them_whole()
    {
        foreach (string pack in repository.Content.In("packs"))
        {
            foreach (string? cache in (string?[])[null, WarmCache()])
            {
                MemoryStore store = repository.Content.With((pack, null)).ToStore();
                await using (Repository opened = await repository.Repository.OpenAsync(store, cache))
                {
                    await RequireHonestRestoresAsync(opened);
                    CheckReport report = await opened.CheckAsync(CheckOptions.Structure, null, CancellationToken.None);
                    Assert.Contains(report.Findings, finding => finding.ObjectName == pack && finding.Kind == FindingKind.MissingPack);
                }

                var result = await repository.Repository.BackUpAsync(store, repository.Source, cache);
                Assert.Empty(result.Problems);
                await repository.Repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(repository.Source));
                await repository.Repository.RequireRestoresAsync(store, repository.Snapshots[^1].Id, repository.Snapshots[^1].Tree, cache);
            }
        }
    }

    [Fact]
    public async Task A_pack_whose_data_is_damaged_costs_only_the_files_that_need_it()
    {
        int restored = 0;
        foreach (string pack in repository.Content.In("packs"))
        {
            // The body of the first record.
            await using Repository opened = await repository.Repository.OpenAsync(repository.Content.WithFlip(pack, 80 + 64).ToStore());
            restored += await RequireHonestRestoresAsync(opened);
        }

        Assert.NotEqual(0, restored);
    }

    private static StoreContent WithBrokenFooters(StoreContent content)
    {
        const int TrailerLength = 16;
        foreach (string pack in content.In("packs"))
        {
            content = content.WithFlip(pack, content[pack].Length - TrailerLength - 1);
        }

        return content;
    }

    private string WarmCache()
    {
        string cache = repository.Repository.NewFolder();
        ExternalTool.Require("/", "cp", "-r", repository.WarmCache, cache);
        return cache;
    }

    private async Task RequireAllAsync(IObjectStore store, string? cache = null)
    {
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> tree) in repository.Snapshots)
        {
            await repository.Repository.RequireRestoresAsync(store, id, tree, cache);
        }
    }

    /// <returns>How many entries were restored.</returns>
    private async Task<int> RequireHonestRestoresAsync(Repository opened)
    {
        int restored = 0;
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> expected) in repository.Snapshots)
        {
            (RestoreResult result, SortedDictionary<string, byte[]> tree) = await repository.Repository.RestoreAsync(opened, id);
            restored += tree.Count;
            Assert.Empty(RestoredTree.Wrong(expected, tree));
            IReadOnlyList<string> missing = RestoredTree.Missing(expected, tree);
            Assert.Equal(missing.Count == 0, result.IsComplete);
            bool isRootGone = tree.Count == 0;

            // Every file that is not there is named; what lay in a directory that could not be read goes with it.
            Assert.All(missing, path => Assert.Contains(
                result.Problems, problem => isRootGone || path.Contains('@', StringComparison.Ordinal) || IsNamed(path, problem.Path)));
        }

        return restored;
    }

    private static bool IsNamed(string path, string problem)
    {
        for (string? part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part))
        {
            if (problem.EndsWith("/" + part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
