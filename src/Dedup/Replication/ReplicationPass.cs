using System.Collections.Concurrent;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>
/// One look at the source and what follows from it: packs first, then records of what was deleted there, then index segments, then snapshots. Index
/// segments and snapshots only if nothing they may need was deleted from the source between being listed and being copied.
/// </summary>
internal sealed class ReplicationPass(ReplicationContext context, ObjectCopier copier, TargetWatch target, IDictionary<ObjectName, ObjectName> knownSweeps)
{
    private readonly ConcurrentBag<ObjectName> _failedPacks = [];
    private SourceState? _state;
    private int _vanished;
    private long _snapshotsCopied;

    /// <summary>What was listed.</summary>
    public SourceState State => _state ?? throw new InvalidOperationException("The pass has not run.");

    /// <summary>The snapshots of the source, without those that it or the target has forgotten.</summary>
    public IReadOnlyList<ObjectInfo> Snapshots { get; private set; } = [];

    /// <summary>What the source has forgotten.</summary>
    public IReadOnlyDictionary<ObjectName, long> Forgotten { get; private set; } = new Dictionary<ObjectName, long>();

    public long SnapshotsCopied => Interlocked.Read(ref _snapshotsCopied);

    /// <summary>Only looks.</summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task LookAsync()
    {
        _state = await SourceState.ReadAsync(context).ConfigureAwait(false);
        Forgotten = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Forgotten, context.CancellationToken).ConfigureAwait(false);
        Snapshots = [.. State.Snapshots.Where(entry => IsWanted(entry.Key)).Select(entry => new ObjectInfo(entry.Key, entry.Value))];
    }

    /// <summary>Looks and copies.</summary>
    /// <param name="verify">Whether to read what is in the target already.</param>
    /// <returns>Whether the source and the target stayed as they were meanwhile, so that everything could be published; otherwise another pass is needed.</returns>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<bool> RunAsync(bool verify)
    {
        _state = await SourceState.ReadAsync(context).ConfigureAwait(false);
        foreach (ObjectName damaged in await copier.CompareHashedAsync(State.Packs, State.Target[RepositoryObjects.Packs], verify).ConfigureAwait(false))
        {
            _failedPacks.Add(damaged);
        }

        await context.ForEachAsync(StoreListing.Missing(State.Packs, State.Target[RepositoryObjects.Packs]), CopyPackAsync).ConfigureAwait(false);

        // After the last pack was read. Forgotten ones after the records of prunes: what was forgotten before those may be deleted by them.
        if (await State.WasSweptSinceAsync(context).ConfigureAwait(false) || _vanished > 0)
        {
            return false;
        }

        Forgotten = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Forgotten, context.CancellationToken).ConfigureAwait(false);
        Snapshots = [.. State.Snapshots.Where(entry => IsWanted(entry.Key)).Select(entry => new ObjectInfo(entry.Key, entry.Value))];
        if (!_failedPacks.IsEmpty && !context.Options.SkipDamaged)
        {
            TellHeldBack();
            return true;
        }

        await CopySweepsAsync().ConfigureAwait(false);
        await copier.CompareHashedAsync(State.Segments, State.Target[RepositoryObjects.Index], verify).ConfigureAwait(false);
        await context.ForEachAsync(
            StoreListing.Missing(State.Segments, State.Target[RepositoryObjects.Index]),
            (info, stop) => copier.CopyHashedAsync(info.Name, stop)).ConfigureAwait(false);
        if (!await target.IsQuietAsync().ConfigureAwait(false))
        {
            return false;
        }

        await PublishAsync(verify).ConfigureAwait(false);
        return await target.IsQuietAsync().ConfigureAwait(false);
    }

    private bool IsWanted(ObjectName snapshot)
    {
        ObjectName record = ObjectName.Parse($"{RepositoryObjects.Forgotten}/{snapshot.Leaf}");
        return !Forgotten.ContainsKey(record) && !State.Target[RepositoryObjects.Forgotten].ContainsKey(record);
    }

    private async Task CopyPackAsync(ObjectInfo info, CancellationToken cancellationToken)
    {
        switch (await copier.CopyHashedAsync(info.Name, cancellationToken).ConfigureAwait(false))
        {
            case CopyOutcome.Vanished:
                Interlocked.Increment(ref _vanished);
                break;
            case CopyOutcome.Failed:
                _failedPacks.Add(info.Name);
                break;
        }
    }

    /// <summary>
    /// Index segments may still list packs that were deleted before the segments were written: their sweeps tell that such a pack is gone and not missing. They are
    /// copied under a name of their own, so that they condemn nothing here and prunes of the target have numbers of their own.
    /// </summary>
    private async Task CopySweepsAsync()
    {
        Dictionary<ObjectName, long> present = State.Target[RepositoryObjects.Swept];
        ObjectInfo[] records =
        [
            .. State.Gc.Where(entry => SourceState.IsSweep(entry.Key) && !(knownSweeps.TryGetValue(entry.Key, out ObjectName name) && present.ContainsKey(name)))
                .Select(entry => new ObjectInfo(entry.Key, entry.Value)),
            .. StoreListing.Missing(State.Swept, present),
        ];
        await context.ForEachAsync(records, (info, stop) => copier.CopySmallAsync(info.Name, content => NameOf(info.Name, content), SealedObject.SweepMagic.ToArray(), Limits.MaxGcRecordLength, stop))
            .ConfigureAwait(false);
    }

    private ObjectName NameOf(ObjectName record, byte[] content)
    {
        if (!RepositoryObjects.TryParseGcRecord(record.Leaf, out long number, out _))
        {
            return record;
        }

        ObjectName name = RepositoryObjects.SweptRecord(number, ContentHash.Of(content));
        lock (knownSweeps)
        {
            knownSweeps[record] = name;
        }

        return name;
    }

    /// <summary>
    /// Records of what was forgotten before it came here go along, so that nobody misses the parent that a snapshot names; those of snapshots that are here do
    /// not, as they would be forgotten here too.
    /// </summary>
    private async Task PublishAsync(bool verify)
    {
        Dictionary<ObjectName, long> present = State.Target[RepositoryObjects.Snapshots];
        await copier.CompareSmallAsync(Snapshots, present, Limits.MaxSnapshotLength, verify).ConfigureAwait(false);
        await copier.CompareSmallAsync(
            [.. Forgotten.Select(entry => new ObjectInfo(entry.Key, entry.Value))], State.Target[RepositoryObjects.Forgotten], Limits.MaxForgottenLength, verify).ConfigureAwait(false);
        await copier.CopyForgottenAsync(
            [.. StoreListing.Missing(Forgotten, State.Target[RepositoryObjects.Forgotten]).Where(info => !present.ContainsKey(SnapshotOf(info.Name)))]).ConfigureAwait(false);
        await context.ForEachAsync(
            [.. Snapshots.Where(info => !present.ContainsKey(info.Name))],
            async (info, stop) =>
            {
                CopyOutcome outcome = await copier.CopySmallAsync(info.Name, _ => info.Name, SealedObject.SnapshotMagic.ToArray(), Limits.MaxSnapshotLength, stop).ConfigureAwait(false);
                if (outcome == CopyOutcome.Copied)
                {
                    Interlocked.Increment(ref _snapshotsCopied);
                }
            }).ConfigureAwait(false);
    }

    private static ObjectName SnapshotOf(ObjectName record) => ObjectName.Parse($"{RepositoryObjects.Snapshots}/{record.Leaf}");

    private void TellHeldBack()
    {
        int count = Snapshots.Count(info => !State.Target[RepositoryObjects.Snapshots].ContainsKey(info.Name));
        if (count > 0)
        {
            context.Add(
                ReplicationProblemKind.SnapshotsHeldBack,
                RepositoryObjects.Snapshots,
                $"{context.Target.Location}: {count} snapshots are held back, because {_failedPacks.Count} packs that they may need are damaged; repair them, or publish all the same with --skip-damaged");
        }
    }
}
