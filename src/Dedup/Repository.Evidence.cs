using Dedup.Evidence;
using Dedup.Recording;
using Dedup.Replication;

namespace Dedup;

/// <content>The record of what was done.</content>
public sealed partial class Repository
{
    /// <summary>
    /// The key that the records are signed with, 64 hexadecimal digits: with it alone, and no password, anybody can verify an export. It is the same for ever.
    /// </summary>
    public string EvidencePublicKey => Convert.ToHexStringLower(_keys.EvidenceSignature.PublicKey);

    /// <summary>
    /// Records something that the engine does not record itself: a drill, a policy, the test of a key. Backups, forgets, prunes, checks, repairs, copies and changes of
    /// keys and tags record themselves.
    /// </summary>
    /// <returns>The record; <see langword="null"/> when the store failed: this machine keeps it, and the next record takes it along.</returns>
    /// <exception cref="ArgumentException">The details do not fit a record of 1 MiB.</exception>
    public async Task<EvidenceRecord?> AppendEvidenceAsync(EvidenceEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        EvidenceDeed deed = _evidence.Begin(entry);
        return await _evidence.CompleteAsync(deed, new EvidenceOutcome(entry.Result, entry.Details)).ConfigureAwait(false);
    }

    /// <summary>Records what a <see cref="Replicator"/>, which needs no key and so cannot record anything itself, did with this repository.</summary>
    /// <param name="target">Where the replica lies.</param>
    /// <param name="report">What was done.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="cancellationToken">Ends the call before anything is written.</param>
    /// <returns>As <see cref="AppendEvidenceAsync"/>.</returns>
    public async Task<EvidenceRecord?> RecordReplicationAsync(string target, ReplicationReport report, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(report);
        cancellationToken.ThrowIfCancellationRequested();
        EvidenceDeed deed = _evidence.Begin(new EvidenceEntry { Action = EvidenceAction.Replicate, Object = target });
        return await _evidence.CompleteAsync(deed, RecordedOutcome.Of(report, duration)).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads all records, by time. One that is damaged is left out: <see cref="VerifyEvidenceAsync(CancellationToken)"/> names it. Of two records of one deed, as a lost reply of the store may
    /// leave them, the one that knows how it ended is given.
    /// </summary>
    public async Task<IReadOnlyList<EvidenceRecord>> ReadEvidenceAsync(CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<EvidenceItem> items, _) = await _evidence.Chain.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return EvidenceOrder.Arrange(items.Select(static item => item.Record).OfType<EvidenceRecord>());
    }

    /// <summary>
    /// Looks whether any record was changed, removed, added or moved: numbers without gaps, each record naming the one before, every signature, the last record that this
    /// machine saw. And whether there is a record of every snapshot.
    /// </summary>
    public Task<EvidenceVerification> VerifyEvidenceAsync(CancellationToken cancellationToken = default) => Verifier().RunAsync([], cancellationToken);

    /// <summary>
    /// Looks, besides, whether the records of an earlier export are still there, unchanged: who keeps exports elsewhere finds out what a machine that never saw those records
    /// cannot, that the end was cut off.
    /// </summary>
    /// <param name="earlier">The export.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentException">It is of another repository.</exception>
    public Task<EvidenceVerification> VerifyEvidenceAsync(ExportedEvidence earlier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return earlier.Repository == Id
            ? Verifier().RunAsync([.. earlier.Records.Select(static record => new KnownRecord(record.Chain, record.Number, record.Hash, "was exported"))], cancellationToken)
            : throw new ArgumentException($"the export is of repository {earlier.Repository}, and {Location} is repository {Id}", nameof(earlier));
    }

    /// <summary>Writes all records as lines of JSON that anybody can verify with <see cref="EvidencePublicKey"/> alone: <see cref="ExportedEvidence.ReadAsync"/>.</summary>
    /// <param name="destination">Takes the lines; it is not closed.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many records there are.</returns>
    public async Task<long> ExportEvidenceAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        (IReadOnlyList<EvidenceItem> items, _) = await _evidence.Chain.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return await EvidenceExport.WriteAsync(items, _keys, _options.TimeProvider.GetUtcNow(), destination, cancellationToken).ConfigureAwait(false);
    }

    private EvidenceVerifier Verifier() => new(_store, _metadata, _keys, _evidence, _options.TimeProvider);

    /// <summary>Does something and records how it ended.</summary>
    /// <param name="entry">What is to be done.</param>
    /// <param name="run">Does it, and gives the deed's object a name where that is known only on the way.</param>
    /// <param name="describe">What became of it.</param>
    private async Task<T> RecordAsync<T>(EvidenceEntry entry, Func<EvidenceDeed, Task<T>> run, Func<T, EvidenceOutcome> describe)
    {
        EvidenceDeed deed = _evidence.Begin(entry);
        T result;
        try
        {
            result = await run(deed).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DedupException or OperationCanceledException)
        {
            await RecordFailureAsync(deed, exception).ConfigureAwait(false);
            throw;
        }

        await _evidence.CompleteAsync(deed, describe(result)).ConfigureAwait(false);
        return result;
    }

    /// <summary>Does something that is remembered on this machine from its beginning, and records how it ended.</summary>
    private Task<T> RecordAsync<T>(EvidenceAction action, string @object, Func<Task<T>> run, Func<T, EvidenceOutcome> describe) => RecordAsync(
        new EvidenceEntry { Action = action, Object = @object },
        deed =>
        {
            _evidence.Keep(deed);
            return run();
        },
        describe);

    private async Task RecordFailureAsync(EvidenceDeed deed, Exception exception)
    {
        EvidenceOutcome outcome = new(
            exception is OperationCanceledException ? EvidenceResult.Cancelled : EvidenceResult.Failure,
            deed.Draft.Details.With(EvidenceField.OfText(EvidenceFields.Reason, EvidenceText.Cut(exception.Message))));
        switch (exception)
        {
            case SnapshotNotFoundException:
                // Nothing was done, and nothing is wrong but the name.
                _evidence.Drop(deed);
                break;
            case OperationCanceledException or Storage.StoreException:
                // Nobody waits any longer for a store that fails, or when asked to end.
                _evidence.Postpone(deed, outcome);
                break;
            default:
                await _evidence.CompleteAsync(deed, outcome).ConfigureAwait(false);
                break;
        }
    }
}
