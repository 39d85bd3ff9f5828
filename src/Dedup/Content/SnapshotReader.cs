using System.Runtime.CompilerServices;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>Reads the snapshots of a repository.</summary>
internal sealed class SnapshotReader(IObjectStore store, RepositoryKeys keys)
{
    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="SnapshotNotFoundException">It is not there.</exception>
    /// <exception cref="CorruptDataException">It is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<Snapshot> ReadAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        ObjectName name = RepositoryObjects.Snapshot(id);
        try
        {
            byte[] whole = await StoreReading.ReadAllAsync(store, name, Limits.MaxSnapshotLength, cancellationToken).ConfigureAwait(false);
            return SnapshotFormat.Open(whole, id, keys, name.Value);
        }
        catch (ObjectNotFoundException)
        {
            throw new SnapshotNotFoundException($"{store.Location}: there is no snapshot '{id}'; run 'snapshots' to see what there is");
        }
    }

    /// <summary>Reads all snapshots, in no particular order; one that is damaged comes with what is wrong with it in place of itself.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async IAsyncEnumerable<(Snapshot? Snapshot, CorruptDataException? Damage)> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Snapshots, cancellationToken).ConfigureAwait(false))
        {
            if (SnapshotId.TryParse(info.Name.Leaf, out SnapshotId id)
                && await TryReadAsync(id, cancellationToken).ConfigureAwait(false) is { } read)
            {
                yield return read;
            }
        }
    }

    private async ValueTask<(Snapshot? Snapshot, CorruptDataException? Damage)?> TryReadAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(id, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CorruptDataException exception)
        {
            return (null, exception);
        }
        catch (SnapshotNotFoundException)
        {
            // Removed since it was listed.
            return null;
        }
    }
}
