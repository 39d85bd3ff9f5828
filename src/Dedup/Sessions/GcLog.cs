using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Sessions;

/// <summary>The records of prunes: numbered, each step decided once by whoever writes it first.</summary>
internal sealed class GcLog(IObjectStore store, RepositoryKeys keys)
{
    /// <summary>Each further look means that another prune retired a record in between; more than so many are no such coincidence.</summary>
    private const int MaxLooks = 8;

    /// <summary>Reads which packs are condemned.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<GcState> ReadAsync(CancellationToken cancellationToken)
    {
        List<CorruptDataException> damage = [];
        for (int look = 1; ; look++)
        {
            damage.Clear();
            if (await TryReadAsync(damage, isLast: look == MaxLooks, cancellationToken).ConfigureAwait(false) is { } state)
            {
                return state;
            }
        }
    }

    /// <summary>Writes a record unless that step of that prune is decided already.</summary>
    /// <returns>Whether the step is decided as this record says.</returns>
    /// <exception cref="StoreException">The store failed; the record may be there.</exception>
    public Task<bool> TryPutAsync(GcRecord record, CancellationToken cancellationToken) =>
        OwnObject.TryPutAsync(
            store, RepositoryObjects.GcRecord(record.Number, record.Step), GcRecordFormat.Seal(record, keys), Limits.MaxGcRecordLength, cancellationToken);

    /// <summary>
    /// All packs that prunes ever decided to delete. An index segment written by one who looked before that may still list such a pack:
    /// it is gone, and not missing. A record that is damaged is passed over.
    /// </summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<IReadOnlySet<PackId>> ReadSweptAsync(CancellationToken cancellationToken)
    {
        HashSet<PackId> swept = [];
        foreach ((long number, HashSet<GcStep> present) in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!present.Contains(GcStep.Sweep))
            {
                continue;
            }

            try
            {
                swept.UnionWith((await ReadAsync(number, GcStep.Sweep, cancellationToken).ConfigureAwait(false)).Packs);
            }
            catch (CorruptDataException)
            {
                // What it names stays unknown; that it is damaged is for others to tell.
            }
        }

        return swept;
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="ObjectNotFoundException">It is not there.</exception>
    /// <exception cref="CorruptDataException">It is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<GcRecord> ReadAsync(long number, GcStep step, CancellationToken cancellationToken)
    {
        ObjectName name = RepositoryObjects.GcRecord(number, step);
        byte[] whole = await StoreReading.ReadAllAsync(store, name, Limits.MaxGcRecordLength, cancellationToken).ConfigureAwait(false);
        return GcRecordFormat.Open(whole, number, step, keys, name.Value);
    }

    /// <returns><see langword="null"/> when a record went away since it was listed, and all is to be read again.</returns>
    private async Task<GcState?> TryReadAsync(List<CorruptDataException> damage, bool isLast, CancellationToken cancellationToken)
    {
        SortedDictionary<long, HashSet<GcStep>> steps = await ListAsync(cancellationToken).ConfigureAwait(false);
        long last = 0;
        Dictionary<long, GcRecord> marks = [], sweeps = [];
        foreach ((long number, HashSet<GcStep> present) in steps)
        {
            if (number > last + 1)
            {
                // Written while the listing ran, or lost. One report for the whole gap, however far a forged number lies behind it.
                if (!isLast)
                {
                    return null;
                }

                damage.Add(new CorruptDataException(
                    RepositoryObjects.GcRecord(last + 1, GcStep.Sweep).Value, -1, $"is missing, though there are records of prune {number}"));
            }

            last = number;
            if (present.Contains(GcStep.Retirement))
            {
                continue;
            }

            bool isSwept = present.Contains(GcStep.Sweep);
            try
            {
                GcRecord record = await ReadAsync(number, isSwept ? GcStep.Sweep : GcStep.Mark, cancellationToken).ConfigureAwait(false);
                (isSwept ? sweeps : marks).Add(number, record);
            }
            catch (CorruptDataException exception)
            {
                damage.Add(exception);
            }
            catch (ObjectNotFoundException exception)
            {
                if (!isLast)
                {
                    return null;
                }

                damage.Add(new CorruptDataException(exception.Name.Value, -1, "is listed and not there", exception));
            }
        }

        return new GcState(last, marks, sweeps, damage);
    }

    /// <summary>Which records there are, by the number of the prune.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<SortedDictionary<long, HashSet<GcStep>>> ListAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<long, HashSet<GcStep>> steps = [];
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Gc, cancellationToken).ConfigureAwait(false))
        {
            if (RepositoryObjects.TryParseGcRecord(info.Name.Leaf, out long number, out GcStep step))
            {
                (steps.TryGetValue(number, out HashSet<GcStep>? present) ? present : steps[number] = []).Add(step);
            }
        }

        return steps;
    }
}
