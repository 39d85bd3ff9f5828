using System.Runtime.CompilerServices;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Evidence;
using Dedup.Pruning;
using Dedup.Recording;
using Dedup.Snapshots;
using Dedup.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dedup;

/// <content>Forgetting snapshots and removing what nothing needs any more.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Forgets a snapshot, also one that is damaged or missing: a record of who did it, when and why stays for ever, the snapshot goes, and its data
    /// goes with the next <see cref="PruneAsync"/>.
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="rule">Why, in words: the rule that does not keep it.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The record.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot, and there is no reason to believe that there was one.</exception>
    /// <exception cref="ArgumentException">The rule is longer than 4096 bytes.</exception>
    public Task<ForgottenSnapshot> ForgetAsync(SnapshotId snapshot, string rule, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return RecordAsync(
            new EvidenceEntry { Action = EvidenceAction.Forget, Object = snapshot.ToString(), Details = RecordedOutcome.Before(rule) },
            deed => ForgetAsync(deed, snapshot, rule, cancellationToken),
            RecordedOutcome.Of);
    }

    /// <summary>
    /// The snapshots that must be there and are neither listed nor on record as forgotten: this machine saw them, or another snapshot names them
    /// as its parent. The store hides them, has lost them or shows an old state; no prune deletes anything until they are there or forgotten.
    /// </summary>
    public async Task<IReadOnlyList<SnapshotId>> FindMissingSnapshotsAsync(CancellationToken cancellationToken = default)
    {
        SnapshotReader reader = new(_store, _keys, _metadata, Seen());
        await foreach (var _ in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return reader.Missing;
    }

    /// <summary>The records of all snapshots that were forgotten, oldest first. A damaged one is passed over and noted in the log; <see cref="CheckAsync"/> names it.</summary>
    public async IAsyncEnumerable<ForgottenSnapshot> ListForgottenAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ForgottenSnapshot> records = [];
        await foreach ((ForgottenSnapshot? record, CorruptDataException? damage) in
            new ForgottenReader(_store, _keys).ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (record is not null)
            {
                records.Add(record);
            }
            else
            {
                LogDamagedSnapshot(_logger, damage!.Message);
            }
        }

        foreach (ForgottenSnapshot record in records.OrderBy(record => record.ForgottenAt).ThenBy(record => record.Id.ToString(), StringComparer.Ordinal))
        {
            yield return record;
        }
    }

    /// <summary>Removes what no snapshot needs, beside backups, restores and other prunes.</summary>
    /// <exception cref="PruneStoppedException">Something cannot be read or is missing, or far more would go than the options allow: nothing was deleted.</exception>
    /// <exception cref="UnsafeStoreException">The store does not keep what the safety of this rests on.</exception>
    /// <exception cref="ArgumentException">Snapshots are to be taken for forgotten, and it is no dry run.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is not between 0 and 1, or a time is negative.</exception>
    public Task<PruneReport> PruneAsync(PruneOptions? options = null, IProgress<PruneProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxUnused);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxUnused, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WaitForSessions, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SessionTimeout, TimeSpan.Zero);
        if (options.AssumeForgotten.Count > 0 && !options.IsDryRun)
        {
            throw new ArgumentException("Only a dry run takes snapshots for forgotten: forget them, or set IsDryRun.", nameof(options));
        }

        Task<PruneReport> RunAsync() => _catalogue.UseAsync(catalogue => new PruneOperation(Context(catalogue, options, progress, cancellationToken)).RunAsync());
        return options.IsDryRun ? RunAsync() : _telemetry.RunAsync(
            "prune", null,
            () => RecordAsync(EvidenceAction.Prune, "", RunAsync, RecordedOutcome.Of),
            static report => new OperationFigures(BytesWritten: report.BytesWritten, Entries: report.Packs));
    }

    /// <summary>
    /// Locks anew the snapshots, the packs that they need and the index, for as long as the store locks what is written to it: a pack that an old backup
    /// wrote and a new one reuses is otherwise unlocked one day while snapshots still need it. Beside backups and prunes; to be done again
    /// well before the locks end.
    /// </summary>
    /// <returns>What was locked, and until when; what of it cannot be told because of damage.</returns>
    public Task<LockReport> LockAsync(IProgress<LockProgress>? progress = null, CancellationToken cancellationToken = default) => RecordAsync(
        EvidenceAction.Lock, "",
        () => _catalogue.UseAsync(catalogue => new LockOperation(Context(catalogue, new PruneOptions(), null, cancellationToken), progress).RunAsync()),
        RecordedOutcome.Of);

    private Task<ForgottenSnapshot> ForgetAsync(EvidenceDeed deed, SnapshotId snapshot, string rule, CancellationToken cancellationToken)
    {
        _evidence.Keep(deed);
        return new ForgetOperation(_store, _keys, _options.TimeProvider, Seen()).RunAsync(snapshot, rule, Environment.UserName, cancellationToken);
    }

    private PruneContext Context(CatalogueDatabase catalogue, PruneOptions options, IProgress<PruneProgress>? progress, CancellationToken cancellationToken) =>
        new(_store, _keys, catalogue, _options.TimeProvider, _logger)
        {
            Metadata = _metadata,
            Concurrency = _options.MaxConcurrency,
            Options = options,
            Damaged = Ledger().ReadDamaged(),
            Seen = Seen(),
            Progress = progress,
            CancellationToken = cancellationToken,
        };

    /// <summary>What this machine remembers of the snapshots that it saw.</summary>
    private SnapshotLedger Seen() => new(CacheDirectory, _config.Repository, _store.Location);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Missing}; run 'check'")]
    private static partial void LogMissingSnapshot(ILogger logger, string missing);
}
