using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Looking;
using Dedup.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dedup.Tests.Looking;

/// <summary>What is kept of pages: how much, and for how long.</summary>
public sealed class PageLogTests : IAsyncLifetime
{
    private const int Seed = 20261126;

    /// <summary>More than an empty log has, and less than one that holds anything.</summary>
    private const long OneBatch = 100;

    private readonly Random _random = new(Seed);
    private readonly List<Snapshot> _snapshots = [];
    private LookingScene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await LookingScene.MakeAsync();
        _scene.Fill();
        for (int i = 0; i < 6; i++)
        {
            _snapshots.Add(await _scene.BackUpAsync());
            _scene.Edit(_random);
        }
    }

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_a_full_log_does_not_keep_is_read_again_and_found()
    {
        // The first tree fills it: what comes later is not kept.
        (int first, long length) = await ScanAsync(_snapshots[..1], OneBatch);
        Assert.True(first > 0 && length > 10_000);
        (int second, _) = await ScanAsync(_snapshots, OneBatch);
        (int third, long same) = await ScanAsync(_snapshots, OneBatch);
        Assert.Equal((second, length), (third, same));
        Assert.InRange(second, 1, first * 6);
        Assert.Equal((0, length), await ScanAsync(_snapshots[..1], OneBatch));
    }

    [Fact]
    public async Task A_full_log_is_cleared_when_most_of_it_is_of_snapshots_that_are_gone()
    {
        (_, long length) = await ScanAsync(_snapshots[..5], OneBatch);
        (_, long cleared) = await ScanAsync(_snapshots[5..], OneBatch, inUse: 1);
        Assert.InRange(cleared, 1, 100);
        (int all, long filled) = await ScanAsync(_snapshots[5..], OneBatch);
        Assert.True(all > 0);
        Assert.InRange(filled, 10_000, length);
        Assert.Equal((0, filled), await ScanAsync(_snapshots[5..], OneBatch));
    }

    [Fact]
    public async Task Entries_that_snapshots_share_are_kept_once()
    {
        (_, long first) = await ScanAsync(_snapshots[..1], PageLog.MaxLength);
        (_, long all) = await ScanAsync(_snapshots, PageLog.MaxLength);
        Assert.InRange(all - first, 1, first / 10);
    }

    /// <summary>Looks at snapshots as a search does.</summary>
    /// <param name="snapshots">The snapshots.</param>
    /// <param name="maxLength">How much is kept.</param>
    /// <param name="inUse">How many snapshots there are still, from the newest on.</param>
    /// <returns>How many pages were read from the store, and the length of the log then.</returns>
    private Task<(int PagesRead, long Length)> ScanAsync(IReadOnlyList<Snapshot> snapshots, long maxLength, int inUse = 6) => _scene.UseAsync(async repository =>
    {
        using RepositoryKeys keys = _scene.Test.Keys(repository);
        using CatalogueDatabase catalogue = CatalogueDatabase.Open(repository.CacheDirectory, keys.Repository.ToArray());
        await new CatalogueSynchronizer(_scene.Store, keys, catalogue, NullLogger.Instance).SynchroniseAsync(CancellationToken.None);
        using BlobReader blobs = new(_scene.Store, keys, catalogue);
        EntrySearch search = new(_ => true);
        PageScan scan;
        using (PageLog log = PageLog.Open(repository.CacheDirectory, keys, maxLength))
        {
            scan = new PageScan(log, snapshots.Select(snapshot => snapshot.Tree), _snapshots.TakeLast(inUse).Select(snapshot => snapshot.Tree), search);
            scan.ReadKept(CancellationToken.None);
            if (!scan.IsComplete)
            {
                scan.ReadMissing(blobs, CancellationToken.None);
            }
        }

        Assert.True(scan.IsComplete);
        foreach (Snapshot snapshot in snapshots)
        {
            int entries = search.Enumerate(scan.Roots[snapshot.Tree]).Count(entry => entry.Node.Metadata.Type != Trees.NodeType.Directory);
            Assert.Equal(snapshot.Statistics.TotalFiles, entries);
        }

        return (scan.PagesRead, new FileInfo(Path.Combine(repository.CacheDirectory, PageLog.FileName)).Length);
    });
}
