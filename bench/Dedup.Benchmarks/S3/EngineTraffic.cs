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
/// <param name="sample">A folder with a part of what is measured, to warm up with.</param>
internal sealed class EngineTraffic(S3Place place, string cache, string sample)
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

    /// <summary>Has the code compiled, also that which is compiled again once it is known to be hot, as the plain traffic does with its own.</summary>
    private async Task WarmUpAsync()
    {
        using ScratchFolder scratch = new();
        S3Place aside = place with { Prefix = $"{place.Prefix}-warm-{Environment.ProcessId}" };
        string otherCache = scratch.NewPath();
        await aside.MakeRepositoryAsync(otherCache).ConfigureAwait(false);
        (IObjectStore store, _) = aside.Open();
        await using (store.ConfigureAwait(false))
        {
            Repository repository = await S3Place.OpenRepositoryAsync(store, otherCache).ConfigureAwait(false);
            await using (repository.ConfigureAwait(false))
            {
                BackupResult result = await repository.BackupAsync(new FileSystemSource([sample]), new BackupOptions(), null, CancellationToken.None).ConfigureAwait(false);
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
