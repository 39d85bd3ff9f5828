using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Packing;
using Dedup.Recording;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Maintenance;

/// <summary>
/// Checks a repository: small objects and the index, what the snapshots need, then every pack. The snapshots come before the packs because
/// a blob that the catalogue does not know makes the check begin anew with a new catalogue, which should not cost reading the data twice.
/// </summary>
internal sealed class CheckOperation(
    IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, VerificationLedger ledger, SnapshotLedger seen, EvidenceVerifier evidence, TimeProvider time, ILogger logger, int concurrency, int readsAhead)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="CatalogueException">The catalogue or the ledger could not be written.</exception>
    public async Task<CheckReport> RunAsync(CheckOptions options, IProgress<CheckProgress>? progress, CancellationToken cancellationToken)
    {
        CatalogueSynchronizer synchronizer = new(store, keys, catalogue, logger);
        await synchronizer.SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        CheckContext context = new(store, keys, catalogue, new VerificationRecorder(ledger, time), seen, isFar: readsAhead > 1, cancellationToken);
        using ITimer? reporting = progress is null
            ? null
            : time.CreateTimer(_ => progress.Report(context.ToProgress()), null, ProgressInterval, ProgressInterval);

        await new SmallObjectCheck(context).RunAsync().ConfigureAwait(false);
        await CheckEvidenceAsync(context).ConfigureAwait(false);
        PackIndex index = await PackIndex.ReadAsync(store, keys, keep: null, cancellationToken).ConfigureAwait(false);
        Report(index, context);
        PackCheck packs = new(context, index, options, concurrency * readsAhead);
        await packs.ListAsync().ConfigureAwait(false);
        await new SnapshotCheck(context).RunAsync().ConfigureAwait(false);
        VerificationState verification = await packs.RunAsync().ConfigureAwait(false);
        await new FindingConfirmation(context, synchronizer).RunAsync().ConfigureAwait(false);
        progress?.Report(context.ToProgress());
        return context.ToReport(verification);
    }

    private async Task CheckEvidenceAsync(CheckContext context)
    {
        foreach (EvidenceFinding finding in (await evidence.RunAsync([], context.CancellationToken).ConfigureAwait(false)).Findings)
        {
            string message = finding.Message.StartsWith(finding.ObjectName, StringComparison.Ordinal) ? finding.Message : $"{finding.ObjectName}: {finding.Message}";
            context.Add(finding.IsTampering ? FindingKind.DamagedEvidence : FindingKind.UnrecordedDeed, finding.ObjectName, message);
        }
    }

    private static void Report(PackIndex index, CheckContext context)
    {
        foreach (CorruptDataException damage in index.Damage)
        {
            context.Add(damage);
        }

        foreach (CorruptDataException superseded in index.Superseded)
        {
            context.Add(FindingKind.SupersededSegment, superseded.ObjectName, $"{superseded.Message}; another segment lists again what it listed");
        }

        foreach ((PackId pack, string segment) in index.Contradictions)
        {
            context.Add(FindingKind.IndexMismatch, segment, $"{segment}: says of pack {pack} what another segment contradicts");
        }
    }
}
