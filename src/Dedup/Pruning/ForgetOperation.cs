using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Forgets snapshots: leaves a record of who did it and why, then deletes them. Their data goes with the next prune.</summary>
internal sealed class ForgetOperation(IObjectStore store, RepositoryKeys keys, TimeProvider time, SnapshotLedger? seen = null)
{
    /// <summary>Forgets a snapshot, also one that is damaged or missing. One that is forgotten already is none.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<ForgottenSnapshot> RunAsync(SnapshotId id, string rule, string user, CancellationToken cancellationToken)
    {
        ForgottenSnapshot record = await DraftAsync(id, rule, user, cancellationToken).ConfigureAwait(false);

        // The record comes first and stays: a snapshot that turns up again after a late reply is gone all the same.
        await store.PutIfAbsentAsync(RepositoryObjects.ForgottenRecord(id), ForgottenFormat.Seal(record, keys), cancellationToken).ConfigureAwait(false);
        await store.DeleteAsync(RepositoryObjects.Snapshot(id), cancellationToken).ConfigureAwait(false);
        return record;
    }

    private async Task<ForgottenSnapshot> DraftAsync(SnapshotId id, string rule, string user, CancellationToken cancellationToken)
    {
        Snapshot? snapshot = null;
        try
        {
            snapshot = await new SnapshotReader(store, keys).ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (CorruptDataException)
        {
            // What it was nobody can tell any more; that it was forgotten stays on record.
        }
        catch (SnapshotNotFoundException)
        {
            if (!await IsMissingAsync(id, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        return new ForgottenSnapshot
        {
            Id = id,
            Time = snapshot?.Time ?? DateTimeOffset.UnixEpoch,
            Host = snapshot?.Host ?? "",
            Paths = snapshot?.Paths ?? [],
            Tags = snapshot?.Tags ?? [],
            ForgottenAt = time.GetLocalNow(),
            ByHost = Environment.MachineName,
            ByUser = user,
            ByProgram = EngineVersion.Program,
            Rule = rule,
        };
    }

    /// <summary>Whether a snapshot that is not there was there once and was not forgotten.</summary>
    private async Task<bool> IsMissingAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        SnapshotReader reader = new(store, keys, seen);
        await foreach (var _ in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return reader.Missing.Contains(id);
    }
}
