using Dedup.Backup;
using Dedup.Evidence;
using Dedup.Storage;
using Dedup.Tests.Maintenance;
using Dedup.TestSupport;

namespace Dedup.Tests.Recording;

/// <summary>A repository whose evidence is looked at, with a clock that a test sets.</summary>
internal sealed class EvidenceScene : IDisposable
{
    private readonly ScratchDirectory _folder;

    private EvidenceScene(MemoryStore store, TestRepository repository, string cache, ScratchDirectory folder)
    {
        _folder = folder;
        Store = store;
        Repository = repository;
        Cache = cache;
        Source.Root.File("file", "content");
    }

    public MemoryStore Store { get; }

    public TestRepository Repository { get; }

    /// <summary>What this machine remembers.</summary>
    public string Cache { get; }

    public MemorySource Source { get; } = new(new MemoryDirectory());

    public SettableTime Time { get; } = new(TimeProvider.System.GetUtcNow().AddDays(1));

    public static async Task<EvidenceScene> MakeAsync()
    {
        ScratchDirectory folder = ScratchDirectory.InMemory(1 << 26);
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, folder.Path);
        return new EvidenceScene(store, repository, repository.NewFolder(), folder);
    }

    public Task<Repository> OpenAsync(IObjectStore? store = null, string? cache = null, RecordingLog? log = null) =>
        Repository.OpenAsync(store ?? Store, cache ?? Cache, Time, log: log);

    public async Task<BackupResult> BackUpAsync(IObjectStore? store = null, string? cache = null, RecordingLog? log = null, string? sourceName = null)
    {
        Time.Now += TimeSpan.FromHours(1);
        await using Repository repository = await OpenAsync(store, cache, log);
        return await repository.BackupAsync(Source, new BackupOptions { SourceName = sourceName }, null, default);
    }

    public async Task<EvidenceVerification> VerifyAsync(IObjectStore? store = null, string? cache = null)
    {
        await using Repository repository = await OpenAsync(store, cache);
        return await repository.VerifyEvidenceAsync(default);
    }

    public async Task<IReadOnlyList<EvidenceRecord>> ReadAsync(IObjectStore? store = null)
    {
        await using Repository repository = await OpenAsync(store);
        return await repository.ReadEvidenceAsync(default);
    }

    public void Dispose() => _folder.Dispose();
}
