using Dedup.Backup;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Drills;

/// <summary>A repository, and drills of what is backed up into it.</summary>
internal sealed class DrillTrial : IDisposable
{
    private TestRepository? _repository;

    public ScratchDirectory Files { get; } = new();

    public MemoryStore Store { get; } = new();

    /// <summary>The parent of the scratch folders.</summary>
    public string Scratch => Files["scratch"];

    public async Task<TestRepository> RepositoryAsync() => _repository ??= await TestRepository.MakeAsync(Store, Files.Make("repositories"));

    public async Task<BackupResult> BackUpAsync(IBackupSource source, BackupOptions? options = null)
    {
        BackupResult result = await (await RepositoryAsync()).BackUpAsync(Store, source, null, SourceKinds.Mark(options ?? new BackupOptions(), source));
        Assert.Empty(result.Problems);
        return result;
    }

    public async Task<DrillResult> DrillAsync(DrillOptions? options = null, IObjectStore? store = null)
    {
        TestRepository repository = await RepositoryAsync();
        DrillResult result = await new DrillRunner(TimeProvider.System).RunAsync(
            (cache, _) => repository.OpenAsync(store ?? Store, cache), (options ?? new DrillOptions()) with { ScratchParent = Scratch }, null, CancellationToken.None);
        AssertScratchIsEmpty();
        return result;
    }

    /// <summary>Asserts that a drill proved everything.</summary>
    public static void AssertProved(DrillResult result)
    {
        Assert.Empty(result.Findings);
        Assert.True(result.Succeeded);
        Assert.NotNull(result.RecoveryTime);
    }

    public void AssertScratchIsEmpty() => Assert.Empty(Directory.EnumerateFileSystemEntries(Scratch));

    public void Dispose() => Files.Dispose();
}
