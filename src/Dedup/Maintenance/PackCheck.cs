using System.Collections.Concurrent;
using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>Checks every pack against the index, and every byte of those that are to be read.</summary>
internal sealed class PackCheck(CheckContext context, PackIndex index, CheckOptions options, int concurrency)
{
    private readonly Dictionary<PackId, long> _packs = [];

    /// <summary>Finds out which packs there are.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task ListAsync()
    {
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Packs, context.CancellationToken).ConfigureAwait(false))
        {
            if (PackId.TryParse(info.Name.Leaf, out PackId id))
            {
                _packs[id] = info.Length;
            }
            else
            {
                context.Add(new CorruptDataException(info.Name.Value, -1, "is no name of a pack"));
            }
        }

        context.TotalPacks = _packs.Count;
        foreach (PackId missing in index.Packs.Where(pack => !_packs.ContainsKey(pack)))
        {
            string name = RepositoryObjects.Pack(missing).Value;
            context.Add(FindingKind.MissingPack, name, $"{name}: is missing");
        }
    }

    /// <summary>Checks them.</summary>
    /// <returns>How much has been read whole lately, this time included.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<VerificationState> RunAsync()
    {
        IReadOnlyList<PackId> chosen = PackSelection.Pick(
            [.. _packs.Select(pack => (pack.Key, pack.Value))], context.Verifications.Known, options, context.Verifications.NowNs);
        HashSet<PackId> toRead = [.. chosen];
        try
        {
            using ThreadGroup threads = new(context.CancellationToken);
            ConcurrentQueue<PackId> queue = new(chosen.Concat(_packs.Keys.Where(pack => !toRead.Contains(pack))));
            for (int i = 0; i < concurrency; i++)
            {
                threads.Start(() => CheckPacks(queue, toRead, threads.Token));
            }

            await threads.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            context.Verifications.Complete(_packs.Keys);
        }

        return ToState();
    }

    private void CheckPacks(ConcurrentQueue<PackId> queue, HashSet<PackId> toRead, CancellationToken cancellationToken)
    {
        using PackVerifier verifier = new(context.Store, context.Keys, cancellationToken);
        while (queue.TryDequeue(out PackId pack))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = RepositoryObjects.Pack(pack).Value;
            try
            {
                bool isRead = toRead.Contains(pack);
                bool isWhole = Check(pack, _packs[pack], isRead ? verifier : null, cancellationToken);
                if (isRead || !isWhole)
                {
                    context.Verifications.Add(pack, isWhole);
                }
            }
            catch (CorruptDataException exception)
            {
                context.Add(exception);
                context.Verifications.Add(pack, isWhole: false);
            }
            catch (ObjectNotFoundException)
            {
                context.Add(FindingKind.MissingPack, name, $"{name}: is missing since it was listed");
            }
        }
    }

    /// <returns>Whether nothing was found wrong with the pack itself.</returns>
    private bool Check(PackId id, long length, PackVerifier? verifier, CancellationToken cancellationToken)
    {
        string name = RepositoryObjects.Pack(id).Value;
        if (!index.Lists(id))
        {
            context.Add(FindingKind.UnlistedPack, name, $"{name}: no index segment lists it; the next backup takes it up");
        }

        bool isWhole = true;
        PackDirectory directory;
        try
        {
            directory = PackReader.ReadFooterAsync(context.Store, context.Keys, id, length, cancellationToken).Wait();
        }
        catch (CorruptDataException exception)
        {
            // What the pack holds can still be told, and how much of it is whole.
            context.Add(exception);
            isWhole = false;
            directory = context.Catalogue.ReadPack(id) ?? PackReader.ScanAsync(context.Store, context.Keys, id, length, cancellationToken).Wait();
        }

        if (!index.Agrees(directory))
        {
            context.Add(FindingKind.IndexMismatch, name, $"{name}: the index says otherwise than its footer");
        }

        if (verifier is not null)
        {
            CorruptDataException? damage = verifier.Verify(directory, length);
            context.AddPackRead();
            context.AddBytesRead(length);
            if (damage is not null)
            {
                context.Add(damage);
                isWhole = false;
            }
        }

        context.AddPack(directory.Entries.Count);
        return isWhole;
    }

    private VerificationState ToState()
    {
        IReadOnlyDictionary<PackId, Catalogue.Verification> known = context.Verifications.Known;
        long nowNs = context.Verifications.NowNs;
        PackId[] due = [.. _packs.Keys.Where(pack => PackSelection.IsDue(known.GetValueOrDefault(pack), options.OlderThan, nowNs))];
        long? oldest = _packs.Keys.Min(pack => known.GetValueOrDefault(pack).VerifiedBefore(nowNs));
        return new VerificationState(
            options.OlderThan,
            due.Length,
            Amount.Sum(due, pack => _packs[pack]),
            _packs.Keys.LongCount(pack => known.GetValueOrDefault(pack).VerifiedBefore(nowNs) is null),
            oldest is { } time ? UnixTime.ToDateTimeOffset(time) : null,
            oldest is { } then ? TimeSpan.FromTicks((nowNs - then) / 100) : null);
    }
}
