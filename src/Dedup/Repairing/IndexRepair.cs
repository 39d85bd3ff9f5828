using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>Lists the packs anew that no readable index segment lists as they are, from their footers or, where these are damaged, by scanning.</summary>
internal sealed class IndexRepair(RepairContext context)
{
    /// <summary>As many as a backup lists at once.</summary>
    private const int PacksPerSegment = 64;

    private readonly ConcurrentBag<RepairProblem> _problems = [];

    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<IndexRepairReport> RunAsync(bool isDryRun, CancellationToken cancellationToken)
    {
        // Segments before packs, as everywhere: a pack was there before the segment that lists it.
        PackIndex index = await PackIndex.ReadAsync(context.Store, context.Keys, keep: null, cancellationToken).ConfigureAwait(false);
        Dictionary<PackId, long> packs = await context.ListPacksAsync(cancellationToken).ConfigureAwait(false);
        Tell(index, packs);

        ConcurrentBag<PackDirectory> found = [];
        await context.ForEachAsync(packs.Keys, (pack, stop) => Look(pack, packs[pack], index, found, stop), cancellationToken).ConfigureAwait(false);
        PackDirectory[] unlisted = [.. found.OrderBy(pack => pack.Id)];
        Bytes32[] damaged = [.. index.Damage.Select(damage => Segment(damage)).OfType<Bytes32>()];
        if (unlisted.Length + damaged.Length > 0 && !isDryRun)
        {
            await WriteAsync(unlisted, damaged, cancellationToken).ConfigureAwait(false);
        }

        return new IndexRepairReport(
            [.. _problems.OrderBy(problem => problem.Kind).ThenBy(problem => problem.Message, StringComparer.Ordinal)],
            packs.Count, unlisted.Length, unlisted.Sum(pack => (long)pack.Entries.Count));
    }

    private void Tell(PackIndex index, Dictionary<PackId, long> packs)
    {
        foreach (CorruptDataException damage in index.Damage)
        {
            _problems.Add(RepairProblem.Of(damage));
        }

        foreach (PackId pack in index.Packs.Where(pack => !packs.ContainsKey(pack)))
        {
            string name = RepositoryObjects.Pack(pack).Value;
            _problems.Add(new RepairProblem(RepairProblemKind.MissingPack, name, $"{name}: is missing"));
        }
    }

    private void Look(PackId pack, long length, PackIndex index, ConcurrentBag<PackDirectory> found, CancellationToken cancellationToken)
    {
        PackDirectory directory;
        try
        {
            directory = PackReader.ReadFooterAsync(context.Store, context.Keys, pack, length, cancellationToken).Wait();
        }
        catch (CorruptDataException exception)
        {
            // A segment that lists it is all there is, and as good.
            if (!index.Lists(pack))
            {
                _problems.Add(RepairProblem.Of(exception));
                if (TryScan(pack, length, cancellationToken) is { Entries.Count: > 0 } scanned)
                {
                    found.Add(scanned);
                }
            }

            return;
        }
        catch (ObjectNotFoundException)
        {
            // Deleted since it was listed: nothing is to be listed any more.
            return;
        }

        if (!index.ListsRightly(directory))
        {
            found.Add(directory);
        }
    }

    private PackDirectory? TryScan(PackId pack, long length, CancellationToken cancellationToken)
    {
        try
        {
            return PackReader.ScanAsync(context.Store, context.Keys, pack, length, cancellationToken).Wait();
        }
        catch (CorruptDataException)
        {
            // Its header is damaged, which reading the footer has told already.
            return null;
        }
    }

    private static Bytes32? Segment(CorruptDataException damage) =>
        Bytes32.TryParse(ObjectName.Parse(damage.ObjectName).Leaf, out Bytes32 id) ? id : null;

    /// <summary>Lists packs, and last says that damaged segments are not needed any more: everything that is there is listed then.</summary>
    private Task<bool> WriteAsync(PackDirectory[] packs, Bytes32[] damaged, CancellationToken cancellationToken) => context.InSessionAsync(
        async (_, _) =>
        {
            await WriteSegmentsAsync(packs, damaged, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task WriteSegmentsAsync(PackDirectory[] packs, Bytes32[] damaged, CancellationToken cancellationToken)
    {
        // The catalogue may believe what a wrong segment says of a pack.
        context.Catalogue.Apply(new CatalogueChange { PacksGone = [.. packs.Select(pack => pack.Id)] });
        PackDirectory[][] segments = packs.Length == 0 ? [[]] : [.. packs.Chunk(PacksPerSegment)];
        for (int i = 0; i < segments.Length; i++)
        {
            IndexSegment content = new(segments[i], i == segments.Length - 1 ? damaged : []);
            byte[] segment = IndexSegmentFormat.Seal(content, context.Keys);
            Bytes32 id = ContentHash.Of(segment);
            await context.Store.PutIfAbsentAsync(RepositoryObjects.Segment(id), segment, cancellationToken).ConfigureAwait(false);
            context.Catalogue.Apply(new CatalogueChange { SegmentsAdded = [new CatalogueSegment(id, segments[i])] });
        }
    }
}
