using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>Copies every whole blob of damaged packs that is whole nowhere else into new packs, and takes the others from a replica.</summary>
internal sealed class PackRepair(RepairContext context, PackRepairOptions options)
{
    private readonly ConcurrentBag<RepairProblem> _problems = [];
    private readonly ConcurrentBag<PackDirectory> _damaged = [];
    private long _packsRead, _bytesRead;

    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="ReplicaMismatchException">The replica is another repository.</exception>
    /// <exception cref="RepositoryNotFoundException">The replica is none.</exception>
    public async Task<PackRepairReport> RunAsync(CancellationToken cancellationToken)
    {
        using Replica? replica = options.Replica is null ? null : await Replica.OpenAsync(context, options.Replica, cancellationToken).ConfigureAwait(false);
        await context.SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<PackId, long> packs = await context.ListPacksAsync(cancellationToken).ConfigureAwait(false);
        PackIndex index = await PackIndex.ReadAsync(context.Store, context.Keys, pack => !packs.ContainsKey(pack) && IsChosen(pack), cancellationToken).ConfigureAwait(false);
        await VerifyAsync(packs, cancellationToken).ConfigureAwait(false);
        foreach (PackId missing in options.Packs.Concat(index.Packs).Distinct().Where(pack => !packs.ContainsKey(pack) && IsChosen(pack)))
        {
            string name = RepositoryObjects.Pack(missing).Value;
            _problems.Add(new RepairProblem(RepairProblemKind.MissingPack, name, $"{name}: is missing"));
        }

        BlobSalvage salvage = new(context, [.. _damaged, .. index.Kept.Values], [.. _damaged.Select(pack => pack.Id)], replica);
        SalvageResult result = salvage.Run(writer: null, cancellationToken);
        if (replica is not null)
        {
            long unlisted = await HealUnlistedAsync(salvage, replica, writer: null, cancellationToken).ConfigureAwait(false);
            result = result with { Healed = result.Healed + unlisted };
        }

        if (!options.IsDryRun && result.Salvaged + result.Healed > 0)
        {
            result = await WriteAsync(salvage, replica, cancellationToken).ConfigureAwait(false);
        }

        RepairProblem[] problems = [.. _problems.Concat(result.Lost).OrderBy(problem => problem.Kind).ThenBy(problem => problem.Message, StringComparer.Ordinal)];
        return new PackRepairReport(problems, _packsRead, _bytesRead, _damaged.Count, result.Salvaged, result.Healed, result.Lost.Count);
    }

    private bool IsChosen(PackId pack) => options.Packs.Count == 0 || options.Packs.Contains(pack);

    private async Task VerifyAsync(Dictionary<PackId, long> packs, CancellationToken cancellationToken)
    {
        VerificationRecorder recorder = new(context.Ledger(), context.Time);
        using ThreadLocal<PackVerifier> verifiers = new(() => new PackVerifier(context.Store, context.Keys, cancellationToken), trackAllValues: true);
        try
        {
            await context.ForEachAsync(
                packs.Keys.Where(IsChosen), (pack, stop) => Verify(pack, packs[pack], verifiers.Value!, recorder, stop), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            recorder.Complete(packs.Keys);
            foreach (PackVerifier verifier in verifiers.Values)
            {
                verifier.Dispose();
            }
        }
    }

    private void Verify(PackId pack, long length, PackVerifier verifier, VerificationRecorder recorder, CancellationToken cancellationToken)
    {
        PackDirectory directory = new(pack, default, length, []);
        bool isWhole = true;
        try
        {
            directory = PackReader.ReadFooterAsync(context.Store, context.Keys, pack, length, cancellationToken).Wait();
        }
        catch (CorruptDataException exception)
        {
            isWhole = false;
            _problems.Add(RepairProblem.Of(exception));
            directory = context.Catalogue.ReadPack(pack) ?? PackDirectories.TryRead(context.Store, context.Keys, pack, cancellationToken) ?? directory;
        }
        catch (ObjectNotFoundException)
        {
            // Deleted since it was listed: nothing needs it any more.
            return;
        }

        isWhole &= IsContentWhole(directory, length, verifier);
        Interlocked.Increment(ref _packsRead);
        Interlocked.Add(ref _bytesRead, length);
        recorder.Add(pack, isWhole);
        if (!isWhole)
        {
            _damaged.Add(directory);
        }
    }

    private bool IsContentWhole(PackDirectory directory, long length, PackVerifier verifier)
    {
        CorruptDataException? damage;
        try
        {
            damage = verifier.Verify(directory, length);
        }
        catch (CorruptDataException exception)
        {
            damage = exception;
        }

        if (damage is not null)
        {
            _problems.Add(RepairProblem.Of(damage));
        }

        return damage is null;
    }

    private Task<SalvageResult> WriteAsync(BlobSalvage salvage, Replica? replica, CancellationToken cancellationToken) =>
        context.InSessionAsync((_, _) => WriteBlobsAsync(salvage, replica, cancellationToken), cancellationToken);

    private async Task<SalvageResult> WriteBlobsAsync(BlobSalvage salvage, Replica? replica, CancellationToken cancellationToken)
    {
        using ScratchCatalogue nothing = context.NewScratchCatalogue();
        BlobWriter writer = context.NewWriter(nothing.Database, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            SalvageResult result = salvage.Run(writer, cancellationToken);
            await writer.CompleteAsync().ConfigureAwait(false);
            await context.SynchroniseAsync(cancellationToken).ConfigureAwait(false);

            // A directory that is healed may show others that are missing.
            long healed = -1;
            while (replica is not null && healed != 0)
            {
                healed = await HealUnlistedAsync(salvage, replica, writer, cancellationToken).ConfigureAwait(false);
                result = result with { Healed = result.Healed + healed };
                await writer.CompleteAsync().ConfigureAwait(false);
                await context.SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            }

            return result;
        }
    }

    /// <summary>Takes blobs that snapshots need and nothing lists any more, as when a pack is missing together with its segment, from the replica.</summary>
    /// <returns>How many the replica has.</returns>
    private async Task<long> HealUnlistedAsync(BlobSalvage salvage, Replica replica, BlobWriter? writer, CancellationToken cancellationToken)
    {
        List<Snapshot> snapshots = [];
        await foreach ((Snapshot? snapshot, _) in new SnapshotReader(context.Store, context.Keys).ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                snapshots.Add(snapshot);
            }
        }

        long found = 0;
        using BlobReader blobs = new(context.Store, context.Keys, context.Catalogue);
        foreach ((BlobId blob, BlobKind kind) in new UnlistedBlobs(context.Catalogue, new TreeReader(blobs)).Find(snapshots, cancellationToken))
        {
            if (!salvage.Wants(blob) && replica.TryRead(blob, kind, cancellationToken) is { } plain)
            {
                found++;
                writer?.Write(kind, plain);
            }
        }

        return found;
    }
}
