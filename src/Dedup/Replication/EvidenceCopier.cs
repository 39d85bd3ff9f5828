using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>
/// Copies the records of evidence, all chains of them. What is done with the replica itself goes to a chain of its own, so that no number is ever taken here and there by
/// different records: which one, a marker in the replica says, which whoever mirrors writes before the first record.
/// </summary>
internal sealed class EvidenceCopier(ReplicationContext context, ObjectCopier copier)
{
    /// <param name="verify">Whether to compare what is there already.</param>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task RunAsync(bool verify)
    {
        Dictionary<ObjectName, long> present = await StoreListing.ReadAsync(context.Target, RepositoryObjects.Evidence, context.CancellationToken).ConfigureAwait(false);
        if (present.Count == 0)
        {
            // Taken already is as good. A target with records has its marker, or is the repository itself that is being healed from a replica.
            await context.Target.PutIfAbsentAsync(RepositoryObjects.EvidenceChain, EvidenceMarker.Make(), context.CancellationToken).ConfigureAwait(false);
        }

        Dictionary<ObjectName, long> records = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Evidence, context.CancellationToken).ConfigureAwait(false);
        await copier.CompareSmallAsync(records.Select(static entry => new ObjectInfo(entry.Key, entry.Value)), present, Limits.MaxEvidenceLength, verify).ConfigureAwait(false);
        byte[] magic = SealedObject.EvidenceMagic.ToArray();
        ObjectInfo[] missing = [.. StoreListing.Missing(records, present).OrderBy(static info => info.Name.Value, StringComparer.Ordinal)];
        await context.ForEachAsync(missing, (info, stop) => copier.CopySmallAsync(info.Name, _ => info.Name, magic, Limits.MaxEvidenceLength, stop)).ConfigureAwait(false);
    }
}
