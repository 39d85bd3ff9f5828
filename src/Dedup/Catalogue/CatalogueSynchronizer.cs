using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Catalogue;

/// <summary>
/// Brings the catalogue up to what the store holds: from index segments; from footers for packs that no whole segment lists; from
/// scanning where a footer is damaged. What is damaged is set aside and told, and never keeps the rest from being used.
/// </summary>
internal sealed partial class CatalogueSynchronizer(IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, ILogger logger)
{
    /// <summary>How many segments or packs are read before the catalogue is told: bounds memory.</summary>
    private const int SegmentsPerChange = 4, PacksPerChange = 256;

    /// <summary>Each further look means that a prune deleted something between the listing and the reading; more than so many are no such coincidence.</summary>
    private const int MaxLooks = 8;

    /// <summary>Whether something went in between: what it held may lie where this look did not see it.</summary>
    private bool _wasOvertaken;

    /// <summary>Reads what is new in the store.</summary>
    /// <returns>The packs that are there, and what was found damaged or missing on the way.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="CatalogueException">The catalogue could not be written.</exception>
    /// <exception cref="CatalogueDamagedException">The catalogue is damaged and is to be made anew.</exception>
    public async Task<SynchronisationResult> SynchroniseAsync(CancellationToken cancellationToken)
    {
        List<CorruptDataException> damage = [];
        Dictionary<PackId, long> packs = await LookAsync(damage, cancellationToken).ConfigureAwait(false);
        for (int look = 2; _wasOvertaken && look <= MaxLooks; look++)
        {
            packs = await LookAsync(damage, cancellationToken).ConfigureAwait(false);
        }

        damage = [.. damage.DistinctBy(exception => exception.Message)];
        catalogue.Refresh();
        foreach (CorruptDataException exception in damage)
        {
            LogDamage(logger, exception.Message);
        }

        return new SynchronisationResult(packs.Keys, damage);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "set aside: {Damage}")]
    private static partial void LogDamage(ILogger logger, string damage);

    /// <returns>The packs that are there, and their lengths.</returns>
    private async Task<Dictionary<PackId, long>> LookAsync(List<CorruptDataException> damage, CancellationToken cancellationToken)
    {
        _wasOvertaken = false;

        // Segments before packs: a pack whose segment is listed was there before the segment, hence is listed too.
        HashSet<Bytes32> segments = await ListSegmentsAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<PackId, long> packs = await ListPacksAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Bytes32> known = catalogue.ReadSegments();
        foreach (Bytes32[] batch in segments.Where(id => !known.Contains(id)).Chunk(SegmentsPerChange))
        {
            await ApplySegmentsAsync(batch, packs, damage, cancellationToken).ConfigureAwait(false);
        }

        foreach (PackId[] batch in UnknownPacks(packs).Chunk(PacksPerChange))
        {
            ApplyPacks(batch, damage, cancellationToken);
        }

        // Last: what a prune has copied to a new pack is known there before it is forgotten here, and who reads meanwhile misses nothing.
        RemoveGone([.. known.Where(id => !segments.Contains(id))], packs);
        return packs;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "index/{Id} is gone since it was listed: its packs are in another")]
    private static partial void LogSegmentGone(ILogger logger, Bytes32 id);

    [LoggerMessage(Level = LogLevel.Debug, Message = "packs/{Id} is gone since it was listed: a prune has put what it held elsewhere")]
    private static partial void LogPackGone(ILogger logger, PackId id);

    private async Task<HashSet<Bytes32>> ListSegmentsAsync(CancellationToken cancellationToken)
    {
        HashSet<Bytes32> segments = [];
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Index, cancellationToken).ConfigureAwait(false))
        {
            if (Bytes32.TryParse(info.Name.Leaf, out Bytes32 id))
            {
                segments.Add(id);
            }
        }

        return segments;
    }

    private async Task<Dictionary<PackId, long>> ListPacksAsync(CancellationToken cancellationToken)
    {
        Dictionary<PackId, long> packs = [];
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Packs, cancellationToken).ConfigureAwait(false))
        {
            if (PackId.TryParse(info.Name.Leaf, out PackId id))
            {
                packs[id] = info.Length;
            }
        }

        return packs;
    }

    private async Task ApplySegmentsAsync(
        Bytes32[] ids, Dictionary<PackId, long> present, List<CorruptDataException> damage, CancellationToken cancellationToken)
    {
        List<CatalogueSegment> segments = [];
        foreach (Bytes32 id in ids)
        {
            string name = RepositoryObjects.Segment(id).Value;
            try
            {
                byte[] whole = await StoreReading.ReadAllAsync(store, RepositoryObjects.Segment(id), Limits.MaxSegmentLength, cancellationToken).ConfigureAwait(false);
                ContentHash.Verify(whole, id, name);
                IndexSegment segment = IndexSegmentFormat.Open(whole, keys, name);

                // A pack that is not there must not be relied on: what it held counts as not stored.
                segments.Add(new CatalogueSegment(id, [.. segment.Packs.Where(pack => present.ContainsKey(pack.Id))]));
                damage.AddRange(segment.Packs.Where(pack => !present.ContainsKey(pack.Id))
                    .Select(pack => new CorruptDataException(RepositoryObjects.Pack(pack.Id).Value, -1, "is missing")));
            }
            catch (CorruptDataException exception)
            {
                damage.Add(exception);
            }
            catch (ObjectNotFoundException)
            {
                _wasOvertaken = true;
                LogSegmentGone(logger, id);
            }
        }

        catalogue.Apply(new CatalogueChange { SegmentsAdded = segments });
    }

    private void RemoveGone(Bytes32[] segments, Dictionary<PackId, long> present)
    {
        PackId[] packs = [.. catalogue.ReadPacks().Where(pack => !present.ContainsKey(pack.Id)).Select(pack => pack.Id)];
        if (segments.Length + packs.Length > 0)
        {
            catalogue.Apply(new CatalogueChange { PacksGone = packs, SegmentsRemoved = segments });
        }
    }

    private HashSet<PackId> UnknownPacks(Dictionary<PackId, long> present)
    {
        HashSet<PackId> unknown = [.. present.Keys];
        unknown.ExceptWith(catalogue.ReadPacks().Select(pack => pack.Id));
        return unknown;
    }

    private void ApplyPacks(PackId[] ids, List<CorruptDataException> damage, CancellationToken cancellationToken)
    {
        List<PackDirectory> packs = [];
        foreach (PackId id in ids)
        {
            if (PackDirectories.TryRead(store, keys, id, cancellationToken) is { } directory)
            {
                packs.Add(directory);
            }
            else if (store.InfoAsync(RepositoryObjects.Pack(id), cancellationToken).Wait() is not null)
            {
                damage.Add(new CorruptDataException(RepositoryObjects.Pack(id).Value, -1, "neither its footer nor its header can be opened"));
            }
            else
            {
                _wasOvertaken = true;
                LogPackGone(logger, id);
            }
        }

        catalogue.Apply(new CatalogueChange { PacksAdded = packs });
    }
}
