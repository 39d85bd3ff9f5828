using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

namespace Dedup.Benchmarks;

/// <summary>What the engine does with a repository in S3, from opening the repository on.</summary>
/// <param name="place">Where it lies, or is to lie.</param>
/// <param name="cache">The folder of caches.</param>
internal sealed class EngineTraffic(S3Place place, string cache)
{
    /// <summary>Makes a repository and backs a folder up.</summary>
    public async Task<S3Row> BackUpAsync(string source)
    {
        await WarmUpAsync().ConfigureAwait(false);
        await place.MakeRepositoryAsync(cache).ConfigureAwait(false);
        return await MeasureAsync(async repository =>
        {
            BackupResult result = await repository.BackupAsync(new FileSystemSource([source]), new BackupOptions(), null, CancellationToken.None).ConfigureAwait(false);
            Require(result.IsComplete, "The backup had problems.");
        }).ConfigureAwait(false);
    }

    /// <summary>Restores the newest snapshot.</summary>
    public async Task<S3Row> RestoreAsync(string target)
    {
        await WarmUpAsync().ConfigureAwait(false);
        return await MeasureAsync(async repository =>
        {
            Snapshot snapshot = await repository.FindSnapshotAsync("latest", new SnapshotFilter(), CancellationToken.None).ConfigureAwait(false);
            RestoreResult result = await repository.RestoreAsync(snapshot.Id, target, new RestoreOptions(), null, CancellationToken.None).ConfigureAwait(false);
            Require(result.IsComplete, "The restore had problems.");
        }).ConfigureAwait(false);
    }

    /// <summary>Checks the structure.</summary>
    public async Task<S3Row> CheckAsync()
    {
        await WarmUpAsync().ConfigureAwait(false);
        return await MeasureAsync(async repository =>
        {
            CheckReport report = await repository.CheckAsync(CheckOptions.Structure, null, CancellationToken.None).ConfigureAwait(false);
            Require(report.IsClean, "The check found something.");
        }).ConfigureAwait(false);
    }

    private async Task<S3Row> MeasureAsync(Func<Repository, Task> work) => await S3Meter.MeasureAsync(async () =>
    {
        (IObjectStore store, CountingStore counter) = place.Open();
        await using (store.ConfigureAwait(false))
        {
            Repository repository = await S3Place.OpenRepositoryAsync(store, cache).ConfigureAwait(false);
            await using (repository.ConfigureAwait(false))
            {
                await work(repository).ConfigureAwait(false);
            }

            StoreTraffic traffic = counter.Traffic;
            return (traffic.BytesSent + traffic.BytesFetched, traffic.RequestCount);
        }
    }).ConfigureAwait(false);

    /// <summary>Loads and compiles the code that is measured, as the plain traffic does with its own.</summary>
    private async Task WarmUpAsync()
    {
        const int files = 2000;
        using ScratchFolder scratch = new();
        S3Place aside = place with { Prefix = $"{place.Prefix}-warm-{Environment.ProcessId}" };
        string folder = scratch.NewPath(), otherCache = scratch.NewPath();
        await aside.MakeRepositoryAsync(folder).ConfigureAwait(false);
        (IObjectStore store, _) = aside.Open();
        await using (store.ConfigureAwait(false))
        {
            Repository repository = await S3Place.OpenRepositoryAsync(store, otherCache).ConfigureAwait(false);
            await using (repository.ConfigureAwait(false))
            {
                BackupResult result = await repository.BackupAsync(new SyntheticSource(new SmallFilesContent(files)), new BackupOptions(), null, CancellationToken.None).ConfigureAwait(false);
                await repository.RestoreAsync(result.Snapshot.Id, scratch.NewPath(), new RestoreOptions(), null, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
