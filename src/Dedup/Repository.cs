using System.Runtime.CompilerServices;
using Dedup.Backup;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Maintenance;
using Dedup.Recording;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Telemetry;
using Dedup.Trees;
using Microsoft.Extensions.Logging;

namespace Dedup;

/// <summary>
/// An open repository: encrypted, deduplicated snapshots in a store. All methods may be called from several threads at once, and
/// several processes may use one repository.
/// </summary>
/// <remarks>
/// Besides what they document, methods throw <see cref="StoreException"/> when the store fails and
/// <see cref="OperationCanceledException"/> when cancelled; the repository is valid at every moment all the same.
/// </remarks>
public sealed partial class Repository : IAsyncDisposable
{
    /// <summary>The folder of what is kept of trees and snapshots, beside the catalogue.</summary>
    internal const string MetadataFolder = "metadata";

    private readonly MeasuredStore _store;

    /// <summary>The store through which trees and snapshots are read: one that keeps them on this machine, or the store itself.</summary>
    private readonly IObjectStore _metadata;

    private readonly RepositoryOptions _options;
    private readonly RepositoryConfig _config;
    private readonly MasterKey _master;
    private readonly RepositoryKeys _keys;
    private readonly KeyRing _keyRing;
    private readonly CatalogueHolder _catalogue;
    private readonly ILogger _logger;
    private readonly EvidenceRecorder _evidence;
    private readonly RepositoryTelemetry _telemetry;
    private Bytes32 _slot;

    private Repository(IObjectStore store, RepositoryOptions options, RepositoryConfig config, MasterKey master, RepositoryKeys keys, Bytes32 slot, CatalogueHolder catalogue)
    {
        _telemetry = new RepositoryTelemetry(config.Repository.ToString(), options.TimeProvider);
        _store = new MeasuredStore(store, _telemetry, options.TimeProvider);
        _options = options;
        _config = config;
        _master = master;
        _keys = keys;
        _slot = slot;
        _keyRing = new KeyRing(_store, config.Repository);
        _logger = options.LoggerFactory.CreateLogger<Repository>();
        _catalogue = catalogue;
        _evidence = new EvidenceRecorder(_store, keys, catalogue.Directory, config.CreatedNs, options.TimeProvider, _logger);
        _metadata = options.MetadataCacheLength == 0
            ? _store
            : new CachingStore(
                _store, [RepositoryObjects.Packs, RepositoryObjects.Snapshots], Path.Combine(catalogue.Directory, MetadataFolder), options.MetadataCacheLength, options.TimeProvider);
    }

    /// <summary>Where the repository lies.</summary>
    public string Location => _store.Location;

    /// <summary>The repository's id, 64 hexadecimal digits.</summary>
    public string Id => _config.Repository.ToString();

    /// <summary>The folder of this repository's catalogue on this machine.</summary>
    public string CacheDirectory => _catalogue.Directory;

    /// <summary>Makes a snapshot of a source.</summary>
    /// <returns>The snapshot, which is durable, and what of the source could not be read.</returns>
    /// <exception cref="SourceException">The source as a whole cannot be read.</exception>
    /// <exception cref="ArgumentException">The host, a tag or a path is too long for a snapshot.</exception>
    /// <exception cref="SnapshotNotFoundException">The parent asked for is not there.</exception>
    /// <exception cref="VerificationFailedException">What was to be stored did not read back: the machine is at fault.</exception>
    public Task<BackupResult> BackupAsync(
        IBackupSource source, BackupOptions? options = null, IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        if (options.IsDryRun)
        {
            return BackupAsync(source, options, progress, null, cancellationToken);
        }

        EvidenceEntry entry = new()
        {
            Action = EvidenceAction.Backup,
            Object = string.Join(' ', source.Paths),
            Actor = options.User,
            Details = RecordedOutcome.Before(source.Paths, options),
        };
        return _telemetry.RunAsync(
            "backup", null,
            () => RecordAsync(
                entry, deed => BackupAsync(source, options, progress, id => _evidence.Keep(deed, id.ToString()), cancellationToken), result => RecordedOutcome.Of(result, options)),
            static result => new OperationFigures(
                result.Snapshot.Statistics.BytesRead, result.Snapshot.Statistics.DataAddedPacked, result.Snapshot.Statistics.TotalFiles, result.Problems.Count, result.IsComplete,
                result.Snapshot.Id));
    }

    /// <summary>The snapshots that a filter picks, oldest first. A damaged one is passed over and noted in the log; <see cref="CheckAsync"/> names it.</summary>
    public async IAsyncEnumerable<Snapshot> ListSnapshotsAsync(
        SnapshotFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= SnapshotFilter.All;
        foreach (Snapshot snapshot in (await ReadSnapshotsAsync(cancellationToken).ConfigureAwait(false)).Where(filter.Matches))
        {
            yield return snapshot;
        }
    }

    /// <summary>Finds a snapshot: <c>latest</c> for the newest that the filter picks, or an id, or the beginning of one that no other has.</summary>
    /// <exception cref="SnapshotNotFoundException">There is none, or several begin so.</exception>
    /// <exception cref="CorruptDataException">The one with that whole id is damaged; by less than its id a damaged one is not found.</exception>
    public async Task<Snapshot> FindSnapshotAsync(string name, SnapshotFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        filter ??= SnapshotFilter.All;
        if (SnapshotId.TryParse(name, out SnapshotId id))
        {
            return await new SnapshotReader(_store, _keys).ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<Snapshot> snapshots = await ReadSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        if (name == "latest")
        {
            return snapshots.LastOrDefault(filter.Matches)
                ?? throw new SnapshotNotFoundException($"{Location}: no snapshot fits; run 'snapshots' to see what there is");
        }

        List<Snapshot> found = [.. snapshots.Where(snapshot => snapshot.Id.ToString().StartsWith(name, StringComparison.Ordinal))];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new SnapshotNotFoundException($"{Location}: there is no snapshot '{name}'; run 'snapshots' to see what there is"),
            _ => throw new SnapshotNotFoundException($"{Location}: {found.Count} snapshots begin with '{name}'; give more digits"),
        };
    }

    /// <summary>The entries of a snapshot, or of one directory of it, each directory followed by what it holds.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="path">A directory, or one entry that is none; <see langword="null"/> for the root.</param>
    /// <param name="isRecursive">Whether to go into subdirectories.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">The snapshot has no such path.</exception>
    /// <exception cref="CorruptDataException">A directory is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory is missing.</exception>
    public async IAsyncEnumerable<TreeEntry> ListEntriesAsync(
        SnapshotId snapshot, string? path = null, bool isRecursive = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CatalogueLease lease = await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        Snapshot root = await new SnapshotReader(_store, _keys, _metadata).ReadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        using BlobReader blobs = new(_store, _keys, lease.Database, _metadata);
        using IEnumerator<TreeEntry> entries = new TreeLister(new TreeReader(blobs)).List(root.Tree, path, isRecursive, cancellationToken).GetEnumerator();
        while (MoveNext(entries, lease))
        {
            yield return entries.Current;
        }
    }

    /// <summary>Restores a snapshot into a folder, which is made when it is not there. Nothing outside it is touched.</summary>
    /// <returns>What was restored, and what could not be.</returns>
    /// <exception cref="RestoreException">The folder cannot be made or opened.</exception>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">The snapshot has nothing at <see cref="RestoreOptions.Path"/>.</exception>
    public Task<RestoreResult> RestoreAsync(
        SnapshotId snapshot, string target, RestoreOptions? options = null, IProgress<RestoreProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        options ??= new();
        Task<RestoreResult> RunAsync() => RestoreFromAsync(snapshot, target, options, progress, cancellationToken);
        return options.IsDryRun ? RunAsync() : _telemetry.RunAsync(
            "restore", snapshot, RunAsync,
            static result => new OperationFigures(BytesWritten: result.BytesWritten, Entries: result.Entries, Problems: result.Problems.Count, IsComplete: result.IsComplete));
    }

    private async Task<RestoreResult> RestoreFromAsync(
        SnapshotId snapshot, string target, RestoreOptions options, IProgress<RestoreProgress>? progress, CancellationToken cancellationToken)
    {
        Snapshot root = await new SnapshotReader(_store, _keys, _metadata).ReadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        return await _catalogue.UseAsync(async catalogue =>
        {
            await new CatalogueSynchronizer(_store, _keys, catalogue, _logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            return await new RestoreOperation(_store, _metadata, _keys, catalogue, _options.TimeProvider, _options.MaxConcurrency, _options.ReadsAhead)
                .RunAsync(root, target, options, progress, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Checks the repository. What is wrong is in the report; nothing is changed.</summary>
    public Task<CheckReport> CheckAsync(CheckOptions? options = null, IProgress<CheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= CheckOptions.Structure;
        return _telemetry.RunAsync(
            "check", null,
            () => RecordAsync(
                EvidenceAction.Check, options.ReadData ? "data" : "structure",
                () => _catalogue.UseAsync(catalogue =>
                    new CheckOperation(_store, _keys, catalogue, Ledger(), Seen(), Verifier(), _options.TimeProvider, _logger, _options.MaxConcurrency, _options.ReadsAhead)
                        .RunAsync(options, progress, cancellationToken)),
                RecordedOutcome.Of),
            static report => new OperationFigures(report.BytesRead, Entries: report.Packs, Problems: report.Findings.Count, IsComplete: report.IsClean));
    }

    /// <summary>How large the repository is, and what the snapshots that a filter picks would restore to.</summary>
    public async Task<RepositoryStatistics> ReadStatisticsAsync(SnapshotFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= SnapshotFilter.All;
        using CatalogueLease lease = await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = [.. (await ReadSnapshotsAsync(cancellationToken).ConfigureAwait(false)).Where(filter.Matches)];
        CatalogueTotals totals = lease.Database.Totals;
        return new RepositoryStatistics(
            snapshots.Count, totals.Packs, totals.Blobs, totals.StoredBytes,
            Amount.Sum(snapshots, snapshot => snapshot.Statistics.TotalBytes),
            Amount.Sum(snapshots, snapshot => snapshot.Statistics.TotalFiles));
    }

    /// <summary>Closes the catalogue and wipes the keys. The store stays open: it is the caller's.</summary>
    public ValueTask DisposeAsync()
    {
        _catalogue.Dispose();
        _evidence.Dispose();
        _keys.Dispose();
        _master.Dispose();
        _telemetry.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<BackupResult> BackupAsync(
        IBackupSource source, BackupOptions options, IProgress<BackupProgress>? progress, Action<SnapshotId>? sessionBegun, CancellationToken cancellationToken) =>
        _catalogue.UseAsync(catalogue =>
            new BackupOperation(_store, _metadata, _keys, _config, catalogue, Ledger(), Seen(), _options.TimeProvider, _logger, _options.MaxConcurrency)
            {
                SessionBegun = sessionBegun,
            }.RunAsync(source, options, progress, cancellationToken));

    /// <summary>What this machine remembers of the packs that it read whole.</summary>
    private VerificationLedger Ledger() => new(CacheDirectory, _config.Repository, Location);

    private Task<CatalogueLease> SynchroniseAsync(CancellationToken cancellationToken) =>
        _catalogue.RentAsync(catalogue => new CatalogueSynchronizer(_store, _keys, catalogue, _logger).SynchroniseAsync(cancellationToken));

    private static bool MoveNext(IEnumerator<TreeEntry> entries, CatalogueLease lease)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (CatalogueDamagedException)
        {
            lease.Abandon();
            throw;
        }
    }

    private async Task<IReadOnlyList<Snapshot>> ReadSnapshotsAsync(CancellationToken cancellationToken, KeptSlots? kept = null)
    {
        List<Snapshot> snapshots = [];
        SnapshotReader reader = new(_store, _keys, _metadata, Seen(), kept);
        await foreach ((Snapshot? snapshot, CorruptDataException? damage) in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                snapshots.Add(snapshot);
            }
            else
            {
                LogDamagedSnapshot(_logger, damage!.Message);
            }
        }

        foreach (SnapshotId missing in reader.Missing)
        {
            LogMissingSnapshot(_logger, reader.DescribeMissing(missing));
        }

        return [.. snapshots.OrderBy(snapshot => snapshot.Time).ThenBy(snapshot => snapshot.Id.ToString(), StringComparer.Ordinal)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a snapshot is damaged and passed over: {Damage}")]
    private static partial void LogDamagedSnapshot(ILogger logger, string damage);
}
