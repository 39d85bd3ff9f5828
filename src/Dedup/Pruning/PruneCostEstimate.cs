using Dedup.Catalogue;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>
/// What a planned prune is going to ask of the store when it has it for itself: packs, footers and index segments as they will be read, written and
/// deleted, and the few requests around them counted from the steps of <see cref="PruneOperation"/>. Left out are trees that
/// came in between, other prunes, and blobs with several copies, of which one is read before another goes.
/// </summary>
internal sealed class PruneCostEstimate(PruneContext context, PrunePlan plan, IReadOnlyList<NewPack> newPacks, long snapshots)
{
    /// <summary>Each round of the probe: nine writes, a read, two listings, a deletion.</summary>
    private const int ProbeRequests = 3 * 13;

    /// <summary>A look at the snapshots lists two folders, reads each snapshot, and brings the catalogue up.</summary>
    private const int ListingsPerLook = 2;

    /// <summary>Index and packs.</summary>
    private const int ListingsPerSynchronisation = 2;

    /// <summary>Records read at the beginning, before the plan and by the leftovers, which list three more folders.</summary>
    private const int OtherListings = 6;

    /// <summary>The sessions listed; the records listed and the mark read; mark, sweep and retirement written; the mark deleted.</summary>
    private const int RequestsOfDeletion = 7;

    private long _requests, _sent, _fetched;

    public async Task<PruneCost> MakeAsync()
    {
        bool deletes = plan.Condemned.Any();
        long sessions = await CountSessionsAsync().ConfigureAwait(false);
        int looks = deletes ? 2 : 1;
        int synchronisations = looks + 1 + (deletes ? 1 : 0);
        long pages = (context.Catalogue.Totals.Packs / CountingStore.ObjectsPerListing) + 1;
        _requests += (context.Options.IsExclusive ? 0 : ProbeRequests)
            + (looks * (ListingsPerLook + snapshots))
            + (synchronisations * (ListingsPerSynchronisation - 1 + pages))
            + OtherListings
            + sessions;
        if (deletes)
        {
            // A session whose snapshot was forgotten since costs a second question.
            _requests += RequestsOfDeletion + sessions + Math.Max(sessions - snapshots, 0);
            AddCopying();
            AddDeleting();
        }

        return new PruneCost(_requests, _sent, _fetched);
    }

    private void AddCopying()
    {
        foreach (NewPack pack in newPacks)
        {
            foreach (PackPart part in pack.Sources)
            {
                AddReading(part);
            }

            Send(pack.Length);
        }

        // The header of each source, which its key is made of.
        for (int i = 0; i < plan.Repacked.Count && newPacks.Count > 0; i++)
        {
            Fetch(PackLayout.HeaderLength);
        }

        AddSegments(newPacks.Select(pack => pack.Count), replaced: 0);
    }

    private void AddReading(PackPart part)
    {
        IReadOnlyList<PackEntry> all = context.Catalogue.ReadPack(part.Pack)?.Entries ?? [];
        PackEntry[] copied = [.. all.Where(entry => part.Contains(entry))];
        for (int place = 0; place < copied.Length;)
        {
            (int last, long start, long end) = SourceWindow.Extend(copied, place);
            Fetch(end - start);
            place = last + 1;
        }
    }

    private void AddDeleting()
    {
        foreach (PackUse pack in plan.Condemned)
        {
            // Header and footer are looked at before a pack goes: the end of the pack first, which holds all of a footer that is short.
            Fetch(PackLayout.HeaderLength);
            Fetch(Math.Min(pack.Length, PackReader.TailLength));
            if (PackLayout.SealedFooterLength(pack.Blobs) + PackLayout.TrailerLength > PackReader.TailLength)
            {
                Fetch(PackLayout.SealedFooterLength(pack.Blobs));
            }

            _requests++;
        }

        HashSet<PackId> doomed = [.. plan.Condemned.Select(pack => pack.Id)];
        IReadOnlyList<ListedPacks> rewritten = SegmentSelection.ToRewrite(context.Catalogue.ReadListedPacks(), doomed);
        HashSet<PackId> staying = [.. rewritten.SelectMany(segment => segment.Packs).Where(pack => !doomed.Contains(pack))];
        AddSegments(context.Catalogue.ReadPacks().Where(pack => staying.Contains(pack.Id)).Select(pack => pack.BlobCount), rewritten.Count);
        _requests += rewritten.Count;
    }

    private void AddSegments(IEnumerable<int> blobsOfPacks, int replaced)
    {
        int packs = 0, blobs = 0;
        foreach (int more in blobsOfPacks)
        {
            if (packs > 0 && SegmentWriter.IsFull(packs, blobs, more))
            {
                Send(IndexSegmentFormat.LengthOf(packs, replaced, blobs));
                (packs, blobs) = (0, 0);
            }

            packs++;
            blobs += more;
        }

        if (packs > 0)
        {
            Send(IndexSegmentFormat.LengthOf(packs, replaced, blobs));
        }
    }

    private void Fetch(long bytes)
    {
        _requests++;
        _fetched += bytes;
    }

    private void Send(long bytes)
    {
        _requests++;
        _sent += bytes;
    }

    private async Task<long> CountSessionsAsync()
    {
        long sessions = 0;
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Sessions, context.CancellationToken).ConfigureAwait(false))
        {
            sessions++;
        }

        return sessions;
    }
}
