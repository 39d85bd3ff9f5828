using Dedup.Content;
using Dedup.Format;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>
/// Locks anew what snapshots need, for as long as the store locks what is written to it: packs that an old backup wrote and a new one
/// reuses would otherwise be unlocked while the new one still needs them.
/// </summary>
internal sealed class LockOperation(PruneContext context, IProgress<LockProgress>? progress)
{
    /// <summary>Requests under way at once: each is nothing but waiting for the store.</summary>
    private const int Requests = 16;

    /// <summary>A pack that is gone was rewritten by a prune meanwhile, and what it held is looked for again.</summary>
    private const int MaxPasses = 4;

    private readonly HashSet<ObjectName> _locked = [];
    private readonly List<string> _problems = [];
    private DateTimeOffset? _until;

    /// <exception cref="StoreException">The store failed, or something needed was deleted again and again meanwhile.</exception>
    public async Task<LockReport> RunAsync()
    {
        for (int pass = 1; ; pass++)
        {
            using LiveBlobs live = context.NewLiveBlobs();
            _problems.Clear();
            List<ObjectName> snapshots = await FindLiveAsync(live).ConfigureAwait(false);
            List<ObjectName> packs = [.. context.Catalogue.ReadDirectories().Where(pack => IsNeeded(pack, live)).Select(pack => RepositoryObjects.Pack(pack.Id))];
            List<ObjectName> segments = await ListSegmentsAsync().ConfigureAwait(false);

            // A snapshot last: once it is locked, so is what it needs.
            bool isWhole = await LockAsync([.. packs, .. segments]).ConfigureAwait(false);
            isWhole &= await LockAsync(snapshots).ConfigureAwait(false);
            if (isWhole)
            {
                return new LockReport
                {
                    Snapshots = snapshots.Count,
                    Packs = packs.Count,
                    Segments = segments.Count,
                    LockedUntil = _until,
                    Problems = _problems,
                };
            }

            if (pass == MaxPasses)
            {
                throw new StoreException($"{context.Store.Location}: packs were deleted again and again while they were to be locked; run it again when no prune runs");
            }
        }
    }

    private static bool IsNeeded(PackDirectory pack, LiveBlobs live) => pack.Entries.Any(entry => live.Contains(entry.Id));

    /// <summary>Adds all that the snapshots of this moment need, as far as that can be read.</summary>
    private async Task<List<ObjectName>> FindLiveAsync(LiveBlobs live)
    {
        List<Snapshot> snapshots = [];
        SnapshotReader reader = new(context.Store, context.Keys, context.Seen);
        await foreach ((Snapshot? snapshot, CorruptDataException? damage) in reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                snapshots.Add(snapshot);
            }
            else
            {
                _problems.Add(damage!.Message);
            }
        }

        _problems.AddRange(reader.Missing.Select(reader.DescribeMissing));

        // After the snapshots: what they need is then known, however short ago they were committed.
        await context.SynchroniseAsync().ConfigureAwait(false);
        foreach (Snapshot snapshot in snapshots)
        {
            try
            {
                await live.AddAsync([snapshot.Tree]).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
            {
                _problems.Add($"snapshot {snapshot.Id.ToShortString()}: {exception.Message}; not all that it needs is known: run 'check', then 'repair'");
            }
        }

        return [.. snapshots.Select(snapshot => RepositoryObjects.Snapshot(snapshot.Id))];
    }

    private async Task<List<ObjectName>> ListSegmentsAsync()
    {
        List<ObjectName> segments = [];
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Index, context.CancellationToken).ConfigureAwait(false))
        {
            segments.Add(info.Name);
        }

        return segments;
    }

    /// <returns>Whether all are there.</returns>
    private async Task<bool> LockAsync(List<ObjectName> names)
    {
        int missing = 0;
        long done = _locked.Count, total = done + names.Count;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Requests, CancellationToken = context.CancellationToken };
        await Parallel.ForEachAsync(names.Where(name => !_locked.Contains(name)).ToArray(), parallel, async (name, stop) =>
        {
            try
            {
                Note(name, await context.Store.LockAsync(name, stop).ConfigureAwait(false));
                progress?.Report(new LockProgress(Interlocked.Increment(ref done), total));
            }
            catch (ObjectNotFoundException)
            {
                Interlocked.Increment(ref missing);
            }
        }).ConfigureAwait(false);
        return missing == 0;
    }

    private void Note(ObjectName name, DateTimeOffset? until)
    {
        lock (_locked)
        {
            _locked.Add(name);
            _until = _until is null || until < _until ? until : _until;
        }
    }
}
