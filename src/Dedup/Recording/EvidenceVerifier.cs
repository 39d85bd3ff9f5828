using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Recording;

/// <summary>Verifies the evidence of a store: each chain in itself, against what this machine saw, and against the snapshots.</summary>
/// <param name="store">Where the records and snapshots lie.</param>
/// <param name="metadata">The store through which snapshots are read: one that keeps them on this machine, or the store itself.</param>
/// <param name="keys">The repository's keys.</param>
/// <param name="recorder">Knows what this machine remembers.</param>
/// <param name="time">What time it is.</param>
internal sealed class EvidenceVerifier(IObjectStore store, IObjectStore metadata, RepositoryKeys keys, EvidenceRecorder recorder, TimeProvider time)
{
    /// <summary>A snapshot that was committed so short ago may be about to be recorded.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <param name="known">Records that were seen elsewhere, such as in an export, and must still be there.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="CatalogueException">The ledger could not be read.</exception>
    public async Task<EvidenceVerification> RunAsync(IReadOnlyCollection<KnownRecord> known, CancellationToken cancellationToken)
    {
        // What is remembered, and the snapshots, before the records: what others add meanwhile is not missed.
        EvidenceMemory memory = recorder.ReadMemory();
        List<(SnapshotId Id, DateTimeOffset Since, DateTimeOffset Until, string Message)> snapshots = await ReadSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<EvidenceItem> items, IReadOnlyList<string> foreign) = await recorder.Chain.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        (List<EvidenceChainState> chains, List<EvidenceFinding> findings) = ChainAudit.Run(items, [.. known, .. Remembered(memory)]);
        findings.AddRange(foreign.Select(static name => new EvidenceFinding(EvidenceFindingKind.Foreign, name, $"{name}: lies among the records and is none")));
        findings.AddRange(FindUnrecorded(snapshots, items, memory));
        return new EvidenceVerification(Convert.ToHexStringLower(keys.EvidenceSignature.PublicKey), chains, findings);
    }

    private static IEnumerable<KnownRecord> Remembered(EvidenceMemory memory) => memory.Head is { } head
        ? [new KnownRecord(head.Chain, head.Number, head.Hash.ToString(), "was seen by this machine")]
        : [];

    /// <summary>What there was since the record began, and what no record names.</summary>
    private IEnumerable<EvidenceFinding> FindUnrecorded(
        List<(SnapshotId Id, DateTimeOffset Since, DateTimeOffset Until, string Message)> snapshots, IReadOnlyList<EvidenceItem> items, EvidenceMemory memory)
    {
        DateTimeOffset recent = time.GetUtcNow() - Recent;
        DateTimeOffset beginning = items.Select(static item => item.Record?.Time ?? DateTimeOffset.MaxValue).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        HashSet<string> named =
        [
            .. items.Where(static item => item.Record is not null).SelectMany(static item => item.Record!.Details.FindTexts(EvidenceFields.Snapshot).Append(item.Record.Object)),
            .. memory.Deeds.Select(entry => DeedMemory.TryOpen(entry.Operation, entry.Content, keys)?.Deed.Draft.Object).OfType<string>(),
        ];
        return snapshots.Where(entry => entry.Since > beginning && entry.Until < recent && !named.Contains(entry.Id.ToString()))
            .OrderBy(static entry => entry.Since).ThenBy(static entry => entry.Id.ToString(), StringComparer.Ordinal)
            .Select(static entry => new EvidenceFinding(EvidenceFindingKind.Unrecorded, RepositoryObjects.Snapshot(entry.Id).Value, entry.Message));
    }

    /// <summary>The snapshots that are there and those that were forgotten, when, and what to say where there is no record of one.</summary>
    private async Task<List<(SnapshotId Id, DateTimeOffset Since, DateTimeOffset Until, string Message)>> ReadSnapshotsAsync(CancellationToken cancellationToken)
    {
        List<(SnapshotId Id, DateTimeOffset Since, DateTimeOffset Until, string Message)> snapshots = [];
        await foreach ((Snapshot? snapshot, _) in new SnapshotReader(store, keys, metadata).ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                snapshots.Add((snapshot.Id, snapshot.Time, snapshot.Time + snapshot.Duration, $"snapshot {snapshot.Id} of {snapshot.Time:u} on {snapshot.Host} is not on record"));
            }
        }

        await foreach ((ForgottenSnapshot? record, _) in new ForgottenReader(store, keys).ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (record is not null)
            {
                snapshots.Add((
                    record.Id, record.ForgottenAt, record.ForgottenAt, $"that snapshot {record.Id} was forgotten at {record.ForgottenAt:u} by {record.ByUser} on {record.ByHost} is not on record"));
            }
        }

        return snapshots;
    }
}
