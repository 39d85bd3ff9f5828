using System.Collections.Concurrent;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>Checks every pack against the index and, when data is to be read, every byte of it.</summary>
internal sealed class PackCheck(CheckContext context, PackIndex index, CheckLevel level, int concurrency)
{
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task RunAsync()
    {
        List<(PackId Id, long Length)> packs = await ListAsync().ConfigureAwait(false);
        context.TotalPacks = packs.Count;
        foreach (PackId missing in index.Packs.Except(packs.Select(pack => pack.Id)))
        {
            string name = RepositoryObjects.Pack(missing).Value;
            context.Add(FindingKind.MissingPack, name, $"{name}: is missing");
        }

        using ThreadGroup threads = new(context.CancellationToken);
        ConcurrentQueue<(PackId Id, long Length)> queue = new(packs);
        for (int i = 0; i < concurrency; i++)
        {
            threads.Start(() => CheckPacks(queue, threads.Token));
        }

        await threads.CompleteAsync().ConfigureAwait(false);
    }

    private async Task<List<(PackId Id, long Length)>> ListAsync()
    {
        List<(PackId Id, long Length)> packs = [];
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Packs, context.CancellationToken).ConfigureAwait(false))
        {
            if (PackId.TryParse(info.Name.Leaf, out PackId id))
            {
                packs.Add((id, info.Length));
            }
            else
            {
                context.Add(new CorruptDataException(info.Name.Value, -1, "is no name of a pack"));
            }
        }

        return packs;
    }

    private void CheckPacks(ConcurrentQueue<(PackId Id, long Length)> queue, CancellationToken cancellationToken)
    {
        using PackDataCheck data = new(context.Store, context.Keys, cancellationToken);
        while (queue.TryDequeue(out (PackId Id, long Length) pack))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Check(pack.Id, pack.Length, data, cancellationToken);
            }
            catch (CorruptDataException exception)
            {
                context.Add(exception);
            }
            catch (ObjectNotFoundException exception)
            {
                context.Add(FindingKind.MissingPack, exception.Name.Value, $"{exception.Name}: is gone since it was listed");
            }
        }
    }

    private void Check(PackId id, long length, PackDataCheck data, CancellationToken cancellationToken)
    {
        string name = RepositoryObjects.Pack(id).Value;
        if (!index.Lists(id))
        {
            context.Add(FindingKind.UnlistedPack, name, $"{name}: no index segment lists it; the next backup takes it up");
        }

        PackDirectory directory;
        try
        {
            directory = PackReader.ReadFooterAsync(context.Store, context.Keys, id, length, cancellationToken).Wait();
        }
        catch (CorruptDataException exception)
        {
            // What the pack holds can still be told, and how much of it is whole.
            context.Add(exception);
            directory = context.Catalogue.ReadPack(id) ?? PackReader.ScanAsync(context.Store, context.Keys, id, length, cancellationToken).Wait();
        }

        if (!index.Agrees(directory))
        {
            context.Add(FindingKind.IndexMismatch, name, $"{name}: the index says otherwise than its footer");
        }

        if (level == CheckLevel.ReadData)
        {
            context.AddBytesRead(length);
            if (data.Check(directory, length) is { } damage)
            {
                context.Add(damage);
            }
        }

        context.AddPack(directory.Entries.Count);
    }
}
