using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>
/// Decides which condemned packs may be deleted: those of which every blob is not needed, or is held by another pack that is there,
/// that no prune has condemned, and that gives the blob back.
/// </summary>
/// <param name="context">The prune.</param>
/// <param name="live">All that is needed, found after the last session was decided.</param>
/// <param name="copied">What this prune copied into packs of its own and read back.</param>
internal sealed class SweepDecision(PruneContext context, LiveBlobs live, CopiedRecords copied)
{
    /// <returns>The packs that may be deleted, in order of their ids.</returns>
    /// <exception cref="PruneStoppedException">The records of prunes cannot be read.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<IReadOnlyList<PackId>> DecideAsync(GcRecord mark)
    {
        // In this order: a pack that another prune condemned and deleted before the listing is not in it; one that it condemns later it
        // cannot delete, because it sees our mark and that the blobs are needed.
        GcState gc = await context.Gc.ReadAsync(context.CancellationToken).ConfigureAwait(false);
        if (gc.Damage.Count > 0)
        {
            throw new PruneStoppedException($"{gc.Damage[0].Message}: nobody can tell which packs it condemns, and prune deletes nothing: run 'repair prunes'", gc.Damage[0]);
        }

        SynchronisationResult present = await context.SynchroniseAsync().ConfigureAwait(false);
        HashSet<PackId> holders = [.. present.Packs];
        HashSet<PackId> candidates = [.. mark.Packs.Where(holders.Contains)];
        holders.ExceptWith(mark.Packs);
        holders.ExceptWith(gc.Condemned(except: mark.Number));
        ILookup<PackId, PackPart> held = copied.In(holders);
        using BlobReader reader = new(context.Store, context.Keys, context.Catalogue);
        List<PackId> doomed = [];
        foreach (KnownPack pack in context.Catalogue.ReadPacks().Where(pack => candidates.Contains(pack.Id)))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (ReadDirectory(pack) is { } directory
                && directory.Entries.All(entry => !live.Contains(entry.Id) || held[pack.Id].Any(part => part.Contains(entry)) || IsHeldElsewhere(entry, holders, reader)))
            {
                doomed.Add(pack.Id);
            }
        }

        return doomed;
    }

    /// <summary>What a pack holds by its own footer; where that is damaged, by the index segment that lists it.</summary>
    /// <returns><see langword="null"/> when neither tells: then it stays.</returns>
    private PackDirectory? ReadDirectory(KnownPack pack)
    {
        try
        {
            return PackReader.ReadFooterAsync(context.Store, context.Keys, pack.Id, pack.Length, context.CancellationToken).Wait();
        }
        catch (CorruptDataException)
        {
            return pack.IsListed ? context.Catalogue.ReadPack(pack.Id) : null;
        }
        catch (ObjectNotFoundException)
        {
            // Deleted by another prune that decided the same mark.
            return null;
        }
    }

    private bool IsHeldElsewhere(PackEntry needed, HashSet<PackId> holders, BlobReader reader)
    {
        CorruptDataException? damage = null;
        return context.Catalogue.FindAll(needed.Id).Any(copy =>
            holders.Contains(copy.Pack) && reader.TryRead(copy, needed.Kind, ref damage, context.CancellationToken) is not null);
    }
}
