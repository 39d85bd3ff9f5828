using Dedup.Backup;
using Dedup.Crypto;
using Dedup.Looking;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

namespace Dedup.Benchmarks;

/// <summary>A repository in a scratch folder.</summary>
internal sealed class ScratchRepository : IDisposable
{
    private readonly LocalStore _store;
    private readonly Repository _repository;

    private ScratchRepository(string folder, LocalStore store, Repository repository)
    {
        Folder = folder;
        _store = store;
        _repository = repository;
    }

    /// <summary>Where the repository lies; the cache lies elsewhere.</summary>
    public string Folder { get; }

    /// <summary>Where its catalogue lies.</summary>
    public string CacheFolder => _repository.CacheDirectory;

    public static ScratchRepository Make(ScratchFolder scratch)
    {
        string folder = scratch.NewPath();
        LocalStore store = LocalStore.Create(folder);
        Repository repository = Repository.CreateAsync(
            store, Credentials.FromPassword("benchmark"), new CreateOptions(), new RepositoryOptions { CacheDirectory = scratch.NewPath() },
            new PasswordCost(PasswordCost.MinPasses, PasswordCost.MinMemory), CancellationToken.None).GetAwaiter().GetResult();
        return new ScratchRepository(folder, store, repository);
    }

    public BackupResult BackUp(IBackupSource source)
    {
        BackupResult result = _repository.BackupAsync(source, new BackupOptions { Host = "benchmark" }, null, CancellationToken.None).GetAwaiter().GetResult();
        return result.IsComplete ? result : throw new InvalidOperationException($"The backup had problems: {result.Problems[0].Reason}");
    }

    public void Restore(SnapshotId snapshot, string target)
    {
        RestoreResult result = _repository.RestoreAsync(snapshot, target, new RestoreOptions(), null, CancellationToken.None).GetAwaiter().GetResult();
        if (!result.IsComplete)
        {
            throw new InvalidOperationException($"The restore had problems: {result.Problems[0].Reason}");
        }
    }

    public void Check(CheckOptions options)
    {
        CheckReport report = _repository.CheckAsync(options, null, CancellationToken.None).GetAwaiter().GetResult();
        if (!report.IsClean)
        {
            throw new InvalidOperationException($"The check found: {report.Findings[0].Message}");
        }
    }

    public void Forget(IEnumerable<SnapshotId> snapshots)
    {
        foreach (SnapshotId snapshot in snapshots)
        {
            _repository.ForgetAsync(snapshot, "benchmark", CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    public PruneReport Prune(PruneOptions options) => _repository.PruneAsync(options, null, CancellationToken.None).GetAwaiter().GetResult();

    public FindResult Find(FindOptions options) => _repository.FindAsync(options, CancellationToken.None).GetAwaiter().GetResult();

    public FileHistory ReadHistory(string path) => _repository.ReadHistoryAsync(path, SnapshotFilter.All, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        _repository.DisposeAsync().Wait();
        _store.DisposeAsync().Wait();
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(CacheFolder, recursive: true);
    }
}
