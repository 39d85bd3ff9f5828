using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>What both stores held, each folder read at another moment, in the order on which the safety of a pass rests.</summary>
internal sealed class SourceState
{
    /// <summary>What the target held before anything of the source was listed: whatever of it the source then lacks was deleted there, or never was there.</summary>
    public required IReadOnlyDictionary<string, Dictionary<ObjectName, long>> Target { get; init; }

    public required Dictionary<ObjectName, long> Snapshots { get; init; }

    public required Dictionary<ObjectName, long> Segments { get; init; }

    /// <summary>The records of prunes: those that this listing shows were decided before any pack was listed.</summary>
    public required Dictionary<ObjectName, long> Gc { get; init; }

    public required Dictionary<ObjectName, long> Packs { get; init; }

    /// <summary>Copies of sweeps, where the source is a replica itself.</summary>
    public required Dictionary<ObjectName, long> Swept { get; init; }

    /// <summary>
    /// Snapshots before records of prunes before packs: what a listed snapshot needs lies in a pack that no record decided until then
    /// deletes, hence in a pack that is listed, unless a further record is decided meanwhile.
    /// </summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public static async Task<SourceState> ReadAsync(ReplicationContext context)
    {
        Dictionary<string, Dictionary<ObjectName, long>> target = [];
        foreach (string folder in (string[])[RepositoryObjects.Snapshots, RepositoryObjects.Forgotten, RepositoryObjects.Index, RepositoryObjects.Packs, RepositoryObjects.Swept, RepositoryObjects.Keys])
        {
            target[folder] = await StoreListing.ReadAsync(context.Target, folder, context.CancellationToken).ConfigureAwait(false);
        }

        return new SourceState
        {
            Target = target,
            Snapshots = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Snapshots, context.CancellationToken).ConfigureAwait(false),
            Segments = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Index, context.CancellationToken).ConfigureAwait(false),
            Gc = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Gc, context.CancellationToken).ConfigureAwait(false),
            Packs = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Packs, context.CancellationToken).ConfigureAwait(false),
            Swept = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Swept, context.CancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Whether a prune decided since what to delete.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<bool> WasSweptSinceAsync(ReplicationContext context) =>
        (await StoreListing.ReadAsync(context.Source, RepositoryObjects.Gc, context.CancellationToken).ConfigureAwait(false))
            .Keys.Any(name => IsSweep(name) && !Gc.ContainsKey(name));

    public static bool IsSweep(ObjectName name) => RepositoryObjects.TryParseGcRecord(name.Leaf, out _, out GcStep step) && step == GcStep.Sweep;
}
