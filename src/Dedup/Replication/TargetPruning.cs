using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>
/// Deletes from the target what the source no longer has: snapshots only where the source has a record of having forgotten them, packs and index segments only
/// where every snapshot of the target is one of the source, whose packs have all been copied.
/// </summary>
internal sealed class TargetPruning(ReplicationContext context, ObjectCopier copier, ReplicationPass pass)
{
    /// <summary>More than this share of what the target holds does not go unless the caller says so.</summary>
    private const double LargeDeletion = 0.5;

    private long _objects, _bytes;

    public long ObjectsDeleted => _objects;

    public long BytesDeleted => _bytes;

    /// <exception cref="StoreException">A store failed.</exception>
    public async Task RunAsync()
    {
        SourceState state = pass.State;
        Dictionary<ObjectName, long> present = state.Target[RepositoryObjects.Snapshots];

        // Also those whose slot is still in the source: once the record is written, a prune there may delete what they need.
        ObjectInfo[] snapshots = [.. present.Where(entry => pass.Forgotten.ContainsKey(Record(entry.Key))).Select(entry => new ObjectInfo(entry.Key, entry.Value))];
        HashSet<ObjectName> forgotten = [.. snapshots.Select(info => info.Name)];
        bool isMirror = present.Keys.All(name => state.Snapshots.ContainsKey(name) || forgotten.Contains(name));
        ObjectInfo[] data =
        [
            .. StoreListing.Missing(state.Target[RepositoryObjects.Index], state.Segments), .. StoreListing.Missing(state.Target[RepositoryObjects.Packs], state.Packs),
        ];
        if (await FindObstacleAsync(state, [.. snapshots, .. data], isMirror).ConfigureAwait(false) is { } obstacle)
        {
            context.Add(ReplicationProblemKind.DeletionRefused, RepositoryObjects.Packs, $"{context.Target.Location}: nothing was deleted: {obstacle}");
            return;
        }

        // Snapshots before index segments before packs: nobody who reads is sent to what is gone.
        await CopyRecordsAsync(forgotten).ConfigureAwait(false);
        foreach (ObjectInfo info in (ObjectInfo[])[.. snapshots, .. data, .. await FindRemovedKeysAsync(state).ConfigureAwait(false)])
        {
            if (!context.Options.IsDryRun)
            {
                await context.Target.DeleteAsync(info.Name, context.CancellationToken).ConfigureAwait(false);
            }

            _objects++;
            _bytes = Amount.Add(_bytes, info.Length);
        }
    }

    private static ObjectName Record(ObjectName snapshot) => ObjectName.Parse($"{RepositoryObjects.Forgotten}/{snapshot.Leaf}");

    /// <summary>Passwords that were revoked; none as long as not one slot of the source is in the target.</summary>
    private async Task<IReadOnlyList<ObjectInfo>> FindRemovedKeysAsync(SourceState state)
    {
        Dictionary<ObjectName, long> present = state.Target[RepositoryObjects.Keys];
        Dictionary<ObjectName, long> keys = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Keys, context.CancellationToken).ConfigureAwait(false);
        return keys.Keys.Any(present.ContainsKey) ? StoreListing.Missing(present, keys) : [];
    }

    private async Task<string?> FindObstacleAsync(SourceState state, IReadOnlyCollection<ObjectInfo> doomed, bool isMirror)
    {
        if (state.Snapshots.Count == 0 || state.Packs.Count == 0)
        {
            return $"{context.Source.Location} lists no {(state.Packs.Count == 0 ? "packs" : "snapshots")}";
        }

        if (!isMirror)
        {
            return $"it has snapshots, or ends of sessions, that {context.Source.Location} neither has nor has forgotten; replicate in the other direction first";
        }

        if (doomed.Any(info => info.Name.Folder == RepositoryObjects.Packs) && !state.Gc.Keys.Any(SourceState.IsSweep))
        {
            return $"{context.Source.Location} lacks packs though it was never pruned; run 'check' there";
        }

        Dictionary<ObjectName, long> sessions = await StoreListing.ReadAsync(context.Target, RepositoryObjects.Sessions, context.CancellationToken).ConfigureAwait(false);
        if (sessions.Count > 0)
        {
            return "a backup into this replica itself is under way or was cut off; run 'prune' there first";
        }

        long bytes = Amount.Sum(state.Target.Values.SelectMany(folder => folder.Values), length => length), gone = Amount.Sum(doomed, info => info.Length);
        return gone > bytes * LargeDeletion && !context.Options.AllowLargeDeletion && !context.Options.IsDryRun
            ? $"{gone} of {bytes} bytes would go, more than half; when that is meant, run it again with --allow-large-deletion"
            : null;
    }

    /// <summary>Who forgot what, when and why goes along, now that it is carried out here too.</summary>
    private async Task CopyRecordsAsync(HashSet<ObjectName> forgotten)
    {
        if (context.Options.IsDryRun)
        {
            return;
        }

        ObjectInfo[] records =
        [
            .. StoreListing.Missing(pass.Forgotten, pass.State.Target[RepositoryObjects.Forgotten])
                .Where(info => forgotten.Contains(ObjectName.Parse($"{RepositoryObjects.Snapshots}/{info.Name.Leaf}"))),
        ];
        await copier.CopyForgottenAsync(records).ConfigureAwait(false);
    }
}
