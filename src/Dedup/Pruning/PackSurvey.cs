using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>How much of each pack is needed. Of a blob that lies in several packs one copy counts.</summary>
internal sealed class PackSurvey
{
    private readonly BlobSet _held = new();
    private readonly HashSet<BlobId> _repeated = [];
    private readonly HashSet<(PackId Pack, int Ordinal)> _redundant = [];

    private readonly List<PackId> _unclear = [];

    private PackSurvey()
    {
    }

    /// <summary>The packs that may be deleted or rewritten: those that nobody has condemned.</summary>
    public List<PackUse> Packs { get; } = [];

    /// <summary>How many blobs are needed and lie nowhere.</summary>
    public long Missing { get; private set; }

    /// <summary>Looks at every pack that the catalogue knows.</summary>
    public static PackSurvey Make(PruneContext context, LiveBlobs live, IReadOnlySet<PackId> condemned)
    {
        PackSurvey survey = new();
        long total = context.Catalogue.Totals.Packs;
        foreach (PackDirectory pack in context.Catalogue.ReadDirectories())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (!IsKnownWhole(pack, context))
            {
                survey._unclear.Add(pack.Id);
            }
            else if (!condemned.Contains(pack.Id) && !context.Damaged.Contains(pack.Id))
            {
                survey.Packs.Add(survey.Survey(pack, live, context, condemned));
                context.Report(PruneStage.Surveying, survey.Packs.Count, total);
            }
        }

        // Damaged ones last: of a blob that lies elsewhere too, the other copy counts.
        foreach (PackId pack in context.Damaged.Order())
        {
            if (!condemned.Contains(pack) && !survey._unclear.Contains(pack) && context.Catalogue.ReadPack(pack) is { } directory)
            {
                survey.Packs.Add(survey.Survey(directory, live, context, condemned));
            }
        }

        // What stays whatever it holds is there all the same.
        foreach (PackId pack in condemned.Concat(survey._unclear))
        {
            survey.Note(context.Catalogue.ReadPack(pack), live);
        }

        survey.Missing = live.Count - survey._held.Count;
        return survey;
    }

    /// <summary>The entries of a pack whose blobs are needed and counted for this pack.</summary>
    public IEnumerable<PackEntry> UsedEntries(PackDirectory pack, LiveBlobs live) =>
        pack.Entries.Where(entry => live.Contains(entry.Id) && !_redundant.Contains((pack.Id, entry.Ordinal)));

    /// <summary>Whether all that a pack holds is known. Where no segment lists it and its footer is damaged, what lies behind the damage is not: it would be condemned again and again, and never go.</summary>
    private static bool IsKnownWhole(PackDirectory pack, PruneContext context)
    {
        if (context.Catalogue.IsListed(pack.Id))
        {
            return true;
        }

        try
        {
            PackReader.ReadFooterAsync(context.Store, context.Keys, pack.Id, pack.Length, context.CancellationToken).Wait();
            return true;
        }
        catch (CorruptDataException)
        {
            return false;
        }
        catch (ObjectNotFoundException)
        {
            // Deleted by another prune.
            return false;
        }
    }

    private PackUse Survey(PackDirectory pack, LiveBlobs live, PruneContext context, IReadOnlySet<PackId> condemned)
    {
        int usedBlobs = 0;
        long usedBytes = 0, bytes = 0;
        foreach (PackEntry entry in pack.Entries)
        {
            bytes += entry.StoredLength;
            if (!live.Contains(entry.Id))
            {
                continue;
            }

            if (!_held.Add(entry.Id.Bytes.Prefix) && IsRedundant(pack.Id, entry, context, condemned))
            {
                _redundant.Add((pack.Id, entry.Ordinal));
                continue;
            }

            usedBlobs++;
            usedBytes += entry.StoredLength;
        }

        return new PackUse(pack.Id, pack.Kind, pack.Length, pack.Entries.Count, bytes, usedBlobs, usedBytes, context.Damaged.Contains(pack.Id));
    }

    /// <summary>
    /// Whether a copy of the very same blob was counted before. The first bytes of the id were met before; whether it was this blob, its
    /// whole id tells. Of copies that are met for the first time here (two with other ids in between) the first counts.
    /// </summary>
    private bool IsRedundant(PackId pack, in PackEntry entry, PruneContext context, IReadOnlySet<PackId> condemned)
    {
        if (_repeated.Contains(entry.Id))
        {
            return true;
        }

        // Whole packs are met before damaged ones, each in the order of their ids, and entries in that of their ordinals.
        (bool, PackId, int) place = (context.Damaged.Contains(pack), pack, entry.Ordinal);
        bool isCounted = context.Catalogue.FindAll(entry.Id).Any(copy => !condemned.Contains(copy.Pack)
            && (context.Damaged.Contains(copy.Pack), copy.Pack, copy.Entry.Ordinal).CompareTo(place) < 0);
        if (isCounted)
        {
            _repeated.Add(entry.Id);
        }

        return isCounted;
    }

    private void Note(PackDirectory? condemned, LiveBlobs live)
    {
        foreach (PackEntry entry in condemned?.Entries.Where(entry => live.Contains(entry.Id)) ?? [])
        {
            _held.Add(entry.Id.Bytes.Prefix);
        }
    }
}
