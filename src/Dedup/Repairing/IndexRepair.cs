using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>Lists the packs anew that no readable index segment lists as they are, from their footers or, where these are damaged, by scanning.</summary>
internal sealed class IndexRepair(RepairContext context)
{
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
        if (unlisted.Length > 0 && !isDryRun)
        {
            await WriteAsync(unlisted, cancellationToken).ConfigureAwait(false);
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

    private async Task WriteAsync(IReadOnlyList<PackDirectory> packs, CancellationToken cancellationToken)
    {
        await context.BeginSessionAsync(cancellationToken).ConfigureAwait(false);

        // The catalogue may believe what a wrong segment says of a pack.
        context.Catalogue.Apply(new CatalogueChange { PacksGone = [.. packs.Select(pack => pack.Id)] });
        BlobWriter writer = context.NewWriter(context.Catalogue, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            writer.AdoptUnlisted(packs);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
    }
}
