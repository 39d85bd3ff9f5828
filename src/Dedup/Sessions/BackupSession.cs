using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Sessions;

/// <summary>
/// A backup under way. It registers before it looks at what the repository holds, and in the end takes its commit slot, the
/// snapshot of the same id, which can be taken once only.
/// </summary>
internal sealed class BackupSession
{
    private readonly IObjectStore _store;
    private readonly RepositoryKeys _keys;

    private BackupSession(IObjectStore store, RepositoryKeys keys, SnapshotId id)
    {
        _store = store;
        _keys = keys;
        Id = id;
    }

    /// <summary>The session, and the snapshot that it will leave.</summary>
    public SnapshotId Id { get; }

    /// <summary>Registers a session.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<BackupSession> BeginAsync(
        IObjectStore store, RepositoryKeys keys, string host, long startedNs, string program, CancellationToken cancellationToken)
    {
        Session session = new(SnapshotId.Generate(), host, Environment.ProcessId, startedNs, program);
        byte[] registration = SessionFormat.Seal(session, keys);
        await PutOwnAsync(store, RepositoryObjects.Session(session.Id), registration, cancellationToken).ConfigureAwait(false);
        return new BackupSession(store, keys, session.Id);
    }

    /// <summary>Takes the commit slot. Everything that the snapshot needs is durable before.</summary>
    /// <exception cref="SessionFencedException">Somebody else decided the slot: this session counts as ended.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task CommitAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        byte[] sealedSnapshot = SnapshotFormat.Seal(snapshot, _keys);
        await PutOwnAsync(_store, RepositoryObjects.Snapshot(Id), sealedSnapshot, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an object under a name that is this session's own; one that is there already must be the very same.</summary>
    private static async Task PutOwnAsync(IObjectStore store, ObjectName name, byte[] content, CancellationToken cancellationToken)
    {
        if (await store.PutIfAbsentAsync(name, content, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // The reply to an earlier try may have been lost: then what is there is ours.
        byte[] present = await StoreReading.ReadAllAsync(store, name, Limits.MaxSnapshotLength, cancellationToken).ConfigureAwait(false);
        if (!present.AsSpan().SequenceEqual(content))
        {
            throw new SessionFencedException(name.Value);
        }
    }
}
