using Dedup.Crypto;
using Dedup.Format;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Sessions;

/// <summary>
/// A backup under way. It registers before it looks at what the repository holds, and in the end takes its commit slot, the
/// snapshot of the same id, which can be taken once only: by the snapshot, or by a prune that could not wait.
/// </summary>
internal sealed class BackupSession
{
    private readonly IObjectStore _store;
    private readonly RepositoryKeys _keys;
    private readonly Session _session;

    private BackupSession(IObjectStore store, RepositoryKeys keys, Session session)
    {
        _store = store;
        _keys = keys;
        _session = session;
    }

    /// <summary>The session, and the snapshot that it will leave.</summary>
    public SnapshotId Id => _session.Id;

    /// <summary>Registers a session.</summary>
    /// <exception cref="CorruptDataException">What registers this session does not read back: the store is at fault.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<BackupSession> BeginAsync(
        IObjectStore store, RepositoryKeys keys, string host, ProcessIdentity process, long startedNs, string program, CancellationToken cancellationToken)
    {
        Session session = new(SnapshotId.Generate(), host, process, startedNs, program);
        ObjectName name = RepositoryObjects.Session(session.Id);

        // Not cancelled halfway: a registration that may or may not be there is one that nobody gives up, and that prunes wait for.
        cancellationToken.ThrowIfCancellationRequested();
        return await OwnObject.TryPutAsync(store, name, SessionFormat.Seal(session, keys), Limits.MaxSessionLength, CancellationToken.None).ConfigureAwait(false)
            ? new BackupSession(store, keys, session)
            : throw new CorruptDataException(name.Value, -1, "holds something else than what was just written: the store is at fault");
    }

    /// <summary>Finds out which packs this session may rely on.</summary>
    /// <param name="listPacks">Lists the packs that are there and brings the catalogue up to them; called after it is known what is condemned.</param>
    /// <param name="damaged">Packs that were found damaged.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<ReusablePacks> FindReusableAsync(
        Func<Task<IReadOnlyCollection<PackId>>> listPacks, IEnumerable<PackId> damaged, CancellationToken cancellationToken)
    {
        GcState gc = await new GcLog(_store, _keys).ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ReusablePacks(gc, await listPacks().ConfigureAwait(false), damaged);
    }

    /// <summary>Takes the commit slot. Everything that the snapshot needs is durable before.</summary>
    /// <returns>Whether the snapshot is committed; otherwise a prune decided the slot, and this session has ended without a snapshot.</returns>
    /// <exception cref="StoreException">The store failed; the snapshot may be committed.</exception>
    public async Task<bool> TryCommitAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        byte[] content = SnapshotFormat.Seal(snapshot, _keys);

        // From here on to the end: who is told that it was cancelled must be able to rely on there being no snapshot.
        cancellationToken.ThrowIfCancellationRequested();

        // The second question: an abort that was damaged may have been forgotten in the belief that it was a snapshot, which opens the slot again.
        return await OwnObject.TryPutAsync(_store, RepositoryObjects.Snapshot(Id), content, Limits.MaxSnapshotLength, CancellationToken.None).ConfigureAwait(false)
            && await _store.InfoAsync(RepositoryObjects.ForgottenRecord(Id), CancellationToken.None).ConfigureAwait(false) is null;
    }

    /// <summary>Gives up the commit slot, so that no prune waits for this session. A slot that is taken stays as it is.</summary>
    /// <param name="nowNs">The time, in nanoseconds since 1970-01-01 UTC.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task AbandonAsync(long nowNs, string reason, CancellationToken cancellationToken)
    {
        SlotAbort abort = new(Id, nowNs, _session.Host, _session.Program, reason);
        await _store.PutIfAbsentAsync(RepositoryObjects.Snapshot(Id), SnapshotFormat.Seal(abort, _keys), cancellationToken).ConfigureAwait(false);
    }
}
