using System.Runtime.CompilerServices;
using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>Reads the snapshots of a repository: what lies in the commit slots, without aborts and without what was forgotten.</summary>
/// <param name="store">The store.</param>
/// <param name="keys">The repository's keys.</param>
/// <param name="metadata">The store through which slots are read that are there: one that keeps them on this machine, or the store itself.
/// Whoever decides by a slot what may be deleted asks the store itself.</param>
/// <param name="ledger">What this machine saw before, and remembers from now on; <see langword="null"/> for nothing.</param>
/// <param name="kept">Slots that were read before; <see langword="null"/> for none. For who only looks: what is damaged in the store since is not noticed.</param>
internal sealed class SnapshotReader(IObjectStore store, RepositoryKeys keys, IObjectStore metadata, SnapshotLedger? ledger = null, KeptSlots? kept = null)
{
    public SnapshotReader(IObjectStore store, RepositoryKeys keys, SnapshotLedger? ledger = null)
        : this(store, keys, store, ledger)
    {
    }

    /// <summary>
    /// Snapshots that must be there and are neither listed nor on record as forgotten: this machine saw them, or another snapshot names them as
    /// its parent. Known after <see cref="ReadAllAsync"/> went to its end.
    /// </summary>
    public IReadOnlyList<SnapshotId> Missing { get; private set; } = [];

    /// <summary>Those of <see cref="Missing"/> that this machine never saw. In a replica that is being made a snapshot may come before its parent.</summary>
    public IReadOnlySet<SnapshotId> MissingParents { get; private set; } = new HashSet<SnapshotId>();

    /// <summary>One line about a snapshot that is missing.</summary>
    public string DescribeMissing(SnapshotId id) =>
        $"{store.Location}: snapshot {id} is neither listed nor on record as forgotten: the store hides it, has lost it or shows an old state";

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="SnapshotNotFoundException">It is not there, was forgotten or was never committed.</exception>
    /// <exception cref="CorruptDataException">It is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<Snapshot> ReadAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        // A snapshot that is still there, or there again after a late reply, is gone all the same once it was forgotten.
        bool isForgotten = await store.InfoAsync(RepositoryObjects.ForgottenRecord(id), cancellationToken).ConfigureAwait(false) is not null;
        CommitSlot? slot = isForgotten ? null : await TryReadSlotAsync(id, cancellationToken).ConfigureAwait(false);
        return slot?.Snapshot
            ?? throw new SnapshotNotFoundException($"{store.Location}: there is no snapshot '{id}'; run 'snapshots' to see what there is");
    }

    /// <summary>Reads all snapshots, in no particular order; one that is damaged comes with what is wrong with it in place of itself.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async IAsyncEnumerable<(Snapshot? Snapshot, CorruptDataException? Damage)> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What was seen before the slots: a snapshot that others commit meanwhile is not missed. Slots before records of forgotten ones: a snapshot
        // that was forgotten in between is left out, none is left out for another reason.
        HashSet<SnapshotId> known = ledger?.Read() ?? [];
        List<SnapshotId> slots = await ListAsync(RepositoryObjects.Snapshots, cancellationToken).ConfigureAwait(false);
        HashSet<SnapshotId> forgotten = [.. await ListAsync(RepositoryObjects.Forgotten, cancellationToken).ConfigureAwait(false)];
        HashSet<SnapshotId> seen = [], parents = [];
        foreach (SnapshotId id in slots.Where(id => !forgotten.Contains(id)))
        {
            (CommitSlot? slot, CorruptDataException? damage) = await LookAsync(id, cancellationToken).ConfigureAwait(false);
            if (slot?.Snapshot is { } snapshot)
            {
                seen.Add(id);
                parents.Add(snapshot.Parent);
            }

            if (slot?.Snapshot is not null || damage is not null)
            {
                yield return (slot?.Snapshot, damage);
            }
        }

        HashSet<SnapshotId> explained = [.. slots, .. forgotten, default];
        Missing = [.. known.Union(parents).Where(id => !explained.Contains(id)).OrderBy(id => id.ToString(), StringComparer.Ordinal)];
        MissingParents = Missing.Where(id => !known.Contains(id)).ToHashSet();
        kept?.Save(slots);
        ledger?.Record([.. seen.Where(id => !known.Contains(id))], [.. known.Where(forgotten.Contains)]);
    }

    /// <summary>Reads how a commit slot was decided.</summary>
    /// <returns><see langword="null"/> when it is open.</returns>
    /// <exception cref="CorruptDataException">It is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<CommitSlot?> TryReadSlotAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        try
        {
            return await TryReadSlotAsync(metadata, id, cancellationToken).ConfigureAwait(false);
        }
        catch (CorruptDataException) when (metadata != store)
        {
            // What is kept on this machine may be as the store once gave it, damaged: only what the store says now counts.
            return await TryReadSlotAsync(store, id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<CommitSlot?> TryReadSlotAsync(IObjectStore from, SnapshotId id, CancellationToken cancellationToken)
    {
        ObjectName name = RepositoryObjects.Snapshot(id);
        try
        {
            byte[]? plain = kept?.Find(id);
            if (plain is null)
            {
                byte[] whole = await StoreReading.ReadAllAsync(from, name, Limits.MaxSnapshotLength, cancellationToken).ConfigureAwait(false);
                plain = SnapshotFormat.Unseal(whole, id, keys, name.Value);
                kept?.Add(id, plain);
            }

            return SnapshotFormat.Read(plain, id, name.Value);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    private async ValueTask<(CommitSlot? Slot, CorruptDataException? Damage)> LookAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        try
        {
            return (await TryReadSlotAsync(id, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CorruptDataException exception)
        {
            return (null, exception);
        }
    }

    private async ValueTask<List<SnapshotId>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        List<SnapshotId> ids = [];
        await foreach (ObjectInfo info in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            if (SnapshotId.TryParse(info.Name.Leaf, out SnapshotId id))
            {
                ids.Add(id);
            }
        }

        // A store may list an object more than once, such as one that was written while the listing ran.
        return [.. ids.Distinct()];
    }
}
