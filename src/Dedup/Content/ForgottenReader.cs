using System.Runtime.CompilerServices;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>Reads the records of forgotten snapshots.</summary>
internal sealed class ForgottenReader(IObjectStore store, RepositoryKeys keys)
{
    /// <summary>Reads all records, in no particular order; one that is damaged comes with what is wrong with it in place of itself.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async IAsyncEnumerable<(ForgottenSnapshot? Record, CorruptDataException? Damage)> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A store may list an object more than once.
        HashSet<SnapshotId> seen = [];
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Forgotten, cancellationToken).ConfigureAwait(false))
        {
            if (SnapshotId.TryParse(info.Name.Leaf, out SnapshotId id) && seen.Add(id))
            {
                yield return await ReadAsync(id, info.Name, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<(ForgottenSnapshot? Record, CorruptDataException? Damage)> ReadAsync(SnapshotId id, ObjectName name, CancellationToken cancellationToken)
    {
        try
        {
            byte[] whole = await StoreReading.ReadAllAsync(store, name, Limits.MaxForgottenLength, cancellationToken).ConfigureAwait(false);
            return (ForgottenFormat.Open(whole, id, keys, name.Value), null);
        }
        catch (CorruptDataException exception)
        {
            return (null, exception);
        }
    }
}
