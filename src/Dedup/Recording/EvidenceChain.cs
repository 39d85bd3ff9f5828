using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;

namespace Dedup.Recording;

/// <summary>The records of evidence in a store: numbered without gaps, each number taken once by whoever writes it first.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="keys">The repository's keys.</param>
/// <param name="createdNs">When the repository was made, in nanoseconds since 1970-01-01 UTC: no right clock is behind that.</param>
internal sealed class EvidenceChain(IObjectStore store, RepositoryKeys keys, long createdNs)
{
    /// <summary>Requests under way at once: each is nothing but waiting for the store.</summary>
    private const int Requests = 16;

    /// <summary>So many records that others wrote meanwhile are read one by one; for more, a listing is cheaper.</summary>
    private const int MaxSteps = 8;

    /// <summary>Each further try means that another writer was faster; more than so many in a row are no coincidence.</summary>
    private const int MaxTries = 1024;

    /// <summary>Clocks that are set by a time server are this good, and better.</summary>
    private static readonly long ClockToleranceNs = (long)TimeSpan.FromMinutes(5).TotalNanoseconds;

    private static readonly string NoHash = new('0', 64);

    /// <summary>Writes a record at the end of a chain.</summary>
    /// <param name="head">The end as far as it is known; <see langword="null"/> to look for it.</param>
    /// <param name="draft">The record, whose place and hashes do not count.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The record as it was written, and the new end.</returns>
    /// <exception cref="ArgumentException">A text is too long, or there are too many details.</exception>
    /// <exception cref="StoreException">The store failed; the record may be there.</exception>
    public async Task<(EvidenceRecord Record, EvidenceHead Head)> AppendAsync(EvidenceHead? head, EvidenceRecord draft, CancellationToken cancellationToken)
    {
        EvidenceHead end = head ?? await FindHeadAsync(cancellationToken).ConfigureAwait(false);
        for (int step = 1; step <= MaxTries; step++)
        {
            EvidenceRecord record = Place(draft, end);
            byte[] body = EvidenceFormat.WriteBody(record, keys.Repository), whole = EvidenceFormat.Seal(body, record.Chain, record.Number, keys);
            ObjectName name = RepositoryObjects.EvidenceRecord(record.Chain, record.Number);
            if (await TryPutAsync(name, whole, cancellationToken).ConfigureAwait(false))
            {
                Bytes32 hash = EvidenceFormat.HashOf(body);
                return (record with { Hash = hash.ToString() }, new EvidenceHead(record.Chain, record.Number, hash, UnixTime.FromDateTimeOffset(record.Time)));
            }

            end = step % MaxSteps == 0
                ? await FindHeadAsync(cancellationToken).ConfigureAwait(false)
                : ToHead(await ReadAsync(record.Chain, record.Number, cancellationToken).ConfigureAwait(false));
        }

        throw new StoreException($"{store.Location}: {MaxTries} numbers in a row were taken by others before a record could be written");
    }

    /// <summary>Finds the end of the chain that what is done in this store belongs to.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<EvidenceHead> FindHeadAsync(CancellationToken cancellationToken)
    {
        (List<(ulong Chain, long Number)> records, _, bool isReplica) = await ListAsync(cancellationToken).ConfigureAwait(false);
        ulong chain = isReplica ? await ReadChainAsync(cancellationToken).ConfigureAwait(false) : 0;
        long last = records.Where(record => record.Chain == chain).Select(static record => record.Number).DefaultIfEmpty().Max();
        return last == 0
            ? new EvidenceHead(chain, 0, default, createdNs)
            : ToHead(await ReadAsync(chain, last, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads every record there is, and tells what lies among them that is none.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<(IReadOnlyList<EvidenceItem> Items, IReadOnlyList<string> Foreign)> ReadAllAsync(CancellationToken cancellationToken)
    {
        (List<(ulong Chain, long Number)> records, List<string> foreign, _) = await ListAsync(cancellationToken).ConfigureAwait(false);
        ConcurrentBag<EvidenceItem> items = [];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Requests, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(records, parallel, async (record, stop) =>
            items.Add(await ReadAsync(record.Chain, record.Number, stop).ConfigureAwait(false))).ConfigureAwait(false);
        return ([.. items.OrderBy(static item => item.Chain).ThenBy(static item => item.Number)], foreign);
    }

    private async Task<bool> TryPutAsync(ObjectName name, byte[] whole, CancellationToken cancellationToken)
    {
        try
        {
            return await OwnObject.TryPutAsync(store, name, whole, Limits.MaxEvidenceLength, cancellationToken).ConfigureAwait(false);
        }
        catch (CorruptDataException)
        {
            // What lies there is too long to be a record: not this one, hence taken.
            return false;
        }
    }

    private static EvidenceHead ToHead(EvidenceItem item) => item.Record is { } record
        ? new EvidenceHead(item.Chain, item.Number, EvidenceFormat.HashOf(item.Body), UnixTime.FromDateTimeOffset(record.Time))
        : new EvidenceHead(item.Chain, item.Number, default, 0);

    private static EvidenceRecord Place(EvidenceRecord draft, EvidenceHead end) => draft with
    {
        Chain = end.Chain,
        Number = checked(end.Number + 1),
        PreviousHash = end.Number == 0 ? NoHash : end.Hash.ToString(),
        IsClockDoubtful = draft.IsClockDoubtful || (!draft.IsLate && UnixTime.FromDateTimeOffset(draft.Time) < end.TimeNs - ClockToleranceNs),
    };

    private async Task<EvidenceItem> ReadAsync(ulong chain, long number, CancellationToken cancellationToken)
    {
        ObjectName name = RepositoryObjects.EvidenceRecord(chain, number);
        try
        {
            byte[] whole = await StoreReading.ReadAllAsync(store, name, Limits.MaxEvidenceLength, cancellationToken).ConfigureAwait(false);
            (byte[] signature, byte[] body) = EvidenceFormat.Unseal(whole, chain, number, keys, name.Value);
            EvidenceRecord record = EvidenceFormat.ReadBody(body, keys.Repository, name.Value);
            return record.Chain == chain && record.Number == number
                ? new EvidenceItem(name.Value, chain, number, record, "") { Body = body, Signature = signature }
                : new EvidenceItem(name.Value, chain, number, null, $"{name}: says that it is another record");
        }
        catch (CorruptDataException exception)
        {
            return new EvidenceItem(name.Value, chain, number, null, exception.Message);
        }
        catch (ObjectNotFoundException)
        {
            // Records are never deleted: it is there and is not.
            return new EvidenceItem(name.Value, chain, number, null, $"{name}: is listed and not there");
        }
    }

    private async Task<(List<(ulong Chain, long Number)> Records, List<string> Foreign, bool IsReplica)> ListAsync(CancellationToken cancellationToken)
    {
        // A store may list an object more than once.
        HashSet<(ulong Chain, long Number)> records = [];
        SortedSet<string> foreign = new(StringComparer.Ordinal);
        bool isReplica = false;
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Evidence, cancellationToken).ConfigureAwait(false))
        {
            if (RepositoryObjects.TryParseEvidence(info.Name.Leaf, out ulong chain, out long number))
            {
                records.Add((chain, number));
            }
            else if (info.Name == RepositoryObjects.EvidenceChain)
            {
                isReplica = true;
            }
            else
            {
                foreign.Add(info.Name.Value);
            }
        }

        return ([.. records], [.. foreign], isReplica);
    }

    private async Task<ulong> ReadChainAsync(CancellationToken cancellationToken)
    {
        byte[] marker = new byte[EvidenceMarker.Length];
        int length = await store.ReadAsync(RepositoryObjects.EvidenceChain, 0, marker, cancellationToken).ConfigureAwait(false);
        return EvidenceMarker.ChainOf(marker.AsSpan(0, length));
    }
}
