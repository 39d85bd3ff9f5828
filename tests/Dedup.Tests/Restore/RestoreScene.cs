using Dedup.Backup;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>A tree on disk, a snapshot of it, and a target to restore into. The tree lies below the target where it lay.</summary>
public sealed class RestoreScene : IAsyncLifetime, IDisposable
{
    private readonly MemoryStore _store = new();
    private Repository? _repository;

    internal ScratchDirectory Scratch { get; } = new();

    internal string Original => Scratch["original"];

    internal string Target => Scratch["target"];

    /// <summary>Where the tree lies in the target.</summary>
    internal string Restored => Target + Original;

    /// <summary>What nothing may happen to: tests plant links to it.</summary>
    internal string Outside => Scratch["outside"];

    internal SnapshotId Snapshot { get; private set; }

    internal Repository Repository => _repository!;

    internal IObjectStore Store => _store;

    public async Task InitializeAsync()
    {
        Scratch.Make("original");
        Scratch.Make("outside");
        _repository = await TestRepository.CreateByPasswordAsync(_store, Scratch["cache"], new CreateOptions { AverageChunkLength = 16 << 10 });
    }

    public async Task DisposeAsync()
    {
        await Repository.DisposeAsync();
        await _store.DisposeAsync();
        Scratch.Dispose();
    }

    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Makes a tree by a shell script that runs in it, and a snapshot of it. What was there before is gone, in the target too.</summary>
    internal async Task MakeAsync(string script)
    {
        ExternalTool.Require(Scratch.Path, "rm", "-rf", Original, Target);
        Scratch.Make("original");
        ExternalTool.Require(Original, "sh", "-ec", script);
        await BackUpAsync();
    }

    internal async Task BackUpAsync()
    {
        BackupResult result = await Repository.BackupAsync(new FileSystemSource([Original]), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        Snapshot = result.Snapshot.Id;
    }

    /// <summary>Restores, and changes the target by a shell script that runs in the restored tree.</summary>
    internal async Task RestoreAndChangeAsync(string script)
    {
        Assert.Empty((await RestoreAsync()).Problems);
        ExternalTool.Require(Restored, "sh", "-ec", script);
    }

    internal Task<RestoreResult> RestoreAsync(RestoreOptions? options = null, CancellationToken cancellationToken = default) =>
        Repository.RestoreAsync(Snapshot, Target, options ?? new RestoreOptions(), null, cancellationToken);

    /// <summary>Whether the target holds the tree, all of it and nothing else, as other tools see it.</summary>
    internal void AssertSame() => Assert.Empty(TreeComparer.Differences(Original, Restored));

    /// <summary>What lies outside, with its metadata.</summary>
    internal string ListOutside() => ExternalTool.Require(
        Outside, "sh", "-c", @"find . -printf '%P %y %m %U %G %s %T@ %l\n' | sort; find . -type f -exec sha256sum {} + | sort; getfattr -Rhd -m- . 2>/dev/null");
}
