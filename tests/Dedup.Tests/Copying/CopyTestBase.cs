using Dedup.Backup;
using Dedup.Copying;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Copying;

/// <summary>Two repositories in memory with keys of their own, and a source to back up into the first.</summary>
public abstract class CopyTestBase : IAsyncLifetime
{
    private const int Seed = 20261202;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 28);
    private readonly Random _random = new(Seed);
    private readonly Dictionary<SnapshotId, SortedDictionary<string, byte[]>> _trees = [];

    protected MemoryStore Source { get; } = new();

    protected MemoryStore Target { get; } = new();

    /// <summary>What is backed up.</summary>
    protected MemorySource Files { get; } = new(new MemoryDirectory());

    protected TestRepository From { get; private set; } = null!;

    protected TestRepository To { get; private set; } = null!;

    /// <summary>The folder of the target's caches, where copies remember what they found.</summary>
    protected string Cache { get; set; } = "";

    public async Task InitializeAsync()
    {
        From = await TestRepository.MakeAsync(Source, _folder["from"]);
        To = await TestRepository.MakeAsync(Target, _folder["to"], averageChunkLength: 64 << 10);
        Cache = To.NewFolder();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected byte[] Noise(int length)
    {
        byte[] content = new byte[length];
        _random.NextBytes(content);
        return content;
    }

    protected void Fill(string folder, int files)
    {
        MemoryDirectory directory = Files.Root.Directory(folder);
        for (int i = 0; i < files; i++)
        {
            directory.File($"file-{i}", Noise(3_000 * (i + 1)));
        }
    }

    protected async Task<SnapshotId> BackUpAsync(BackupOptions? options = null)
    {
        SnapshotId id = (await From.BackUpAsync(Source, Files, options: options)).Snapshot.Id;
        _trees[id] = RestoredTree.Of(Files);
        return id;
    }

    protected Task<CopyReport> CopyAsync(params SnapshotId[] snapshots) => CopyFromAsync(Source, snapshots);

    protected async Task<CopyReport> CopyFromAsync(IObjectStore source, SnapshotId[]? snapshots = null, IObjectStore? target = null)
    {
        await using Repository from = await From.OpenAsync(source), to = await To.OpenAsync(target ?? Target, Cache);
        CopyReport report = await from.CopyToAsync(to, new CopyOptions { Snapshots = snapshots ?? [] }, null, CancellationToken.None);
        foreach (CopiedSnapshot copied in report.Snapshots)
        {
            _trees[copied.Copy] = _trees[copied.Original];
        }

        return report;
    }

    protected static async Task<IReadOnlyList<(string, NodeMetadata)>> EntriesAsync(TestRepository test, IObjectStore store, SnapshotId snapshot)
    {
        await using Repository opened = await test.OpenAsync(store);
        List<(string, NodeMetadata)> entries = [];
        await foreach (TreeEntry entry in opened.ListEntriesAsync(snapshot, null, isRecursive: true, CancellationToken.None))
        {
            entries.Add((entry.Path, entry.Node.Metadata));
        }

        return entries;
    }

    protected Task RequireWholeAsync() => RequireWholeAsync(Target, null);

    protected async Task RequireWholeAsync(IObjectStore target, int? snapshots)
    {
        await using Repository stranger = await To.OpenAsync(target);
        IReadOnlyList<Snapshot> all = await To.SnapshotsAsync(target);
        Assert.Equal(snapshots ?? all.Count, all.Count);
        foreach (Snapshot snapshot in all)
        {
            (RestoreResult result, SortedDictionary<string, byte[]> tree) = await To.RestoreAsync(stranger, snapshot.Id);
            Assert.Empty(result.Problems);
            SortedDictionary<string, byte[]>? expected = _trees.GetValueOrDefault(snapshot.Id)
                ?? (await OriginalOfAsync(snapshot) is { } original ? _trees[original] : null);
            Assert.Empty(RestoredTree.Missing(expected!, tree));
            Assert.Empty(RestoredTree.Wrong(expected!, tree));
        }

        CheckReport report = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(report.Findings, finding => Assert.False(finding.IsDamage, finding.Message));
    }

    private async Task<SnapshotId?> OriginalOfAsync(Snapshot copy) =>
        (await From.SnapshotsAsync(Source)).FirstOrDefault(snapshot => snapshot.Time == copy.Time)?.Id;
}
