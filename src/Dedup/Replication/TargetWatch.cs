using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>
/// Looks whether anybody prunes the target. A replication has no key to register a session there with, so that a prune of the target would not
/// wait for it: nothing is published while one is not complete, or when one began since packs were looked for.
/// </summary>
internal sealed class TargetWatch(ReplicationContext context)
{
    private HashSet<ObjectName> _records = [];

    /// <summary>Looks for the first time.</summary>
    /// <returns>Whether no prune is under way or was cut off.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<bool> BeginAsync()
    {
        _records = await ListAsync().ConfigureAwait(false);
        HashSet<long> begun = [], done = [];
        foreach (ObjectName name in _records)
        {
            if (RepositoryObjects.TryParseGcRecord(name.Leaf, out long number, out GcStep step))
            {
                (step == GcStep.Retirement ? done : begun).Add(number);
            }
        }

        if (begun.IsSubsetOf(done))
        {
            return true;
        }

        context.Add(
            ReplicationProblemKind.TargetIsPruned,
            RepositoryObjects.Gc,
            $"{context.Target.Location}: a prune of this replica is not complete; let it end, or run 'prune' there, then replicate again");
        return false;
    }

    /// <summary>Whether no prune has begun since.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<bool> IsQuietAsync() => (await ListAsync().ConfigureAwait(false)).IsSubsetOf(_records);

    private async Task<HashSet<ObjectName>> ListAsync() =>
        [.. (await StoreListing.ReadAsync(context.Target, RepositoryObjects.Gc, context.CancellationToken).ConfigureAwait(false)).Keys];
}
