using Dedup.Catalogue;
using Dedup.Evidence;
using Dedup.Recording;
using Dedup.Repairing;
using Dedup.Storage;

namespace Dedup;

/// <content>Repairs: they only ever add objects.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Lists the packs that no readable index segment lists as they are in new segments, from their own directories. Damaged segments stay,
    /// passed over by every reader.
    /// </summary>
    /// <param name="isDryRun">Only find out what would be done.</param>
    /// <param name="cancellationToken">Ends the repair; what was written until then stays, and is whole.</param>
    public Task<IndexRepairReport> RepairIndexAsync(bool isDryRun = false, CancellationToken cancellationToken = default) =>
        RepairAsync(isDryRun, "index", () => _catalogue.UseAsync(catalogue => new IndexRepair(Repairing(catalogue)).RunAsync(isDryRun, cancellationToken)), RecordedOutcome.Of);

    /// <summary>
    /// Copies every whole blob of damaged packs that is whole nowhere else into new packs, and heals the others and those of missing packs from
    /// a replica where one is given. Damaged packs stay, and a check goes on naming them, until the next prune deletes them: nothing needs them any more.
    /// </summary>
    /// <exception cref="ReplicaMismatchException">The replica is another repository.</exception>
    /// <exception cref="RepositoryNotFoundException">The replica is none.</exception>
    /// <exception cref="VerificationFailedException">What was to be stored did not read back: the machine is at fault.</exception>
    public Task<PackRepairReport> RepairPacksAsync(PackRepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        return RepairAsync(
            options.IsDryRun, "packs", () => _catalogue.UseAsync(catalogue => new PackRepair(Repairing(catalogue), options).RunAsync(cancellationToken)), RecordedOutcome.Of);
    }

    /// <summary>
    /// Makes a new snapshot for each that lacks something: the same but for a tag <c>repaired</c>, with zeros where content of files is lost, without
    /// the entries of directories that are lost, and with <see cref="Trees.NodeRemarks.Damaged"/> where this is so. The old ones stay.
    /// </summary>
    /// <exception cref="SnapshotNotFoundException">One that was asked for is not there, or cannot be opened.</exception>
    /// <exception cref="VerificationFailedException">What was to be stored did not read back: the machine is at fault.</exception>
    public Task<SnapshotRepairReport> RepairSnapshotsAsync(SnapshotRepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        return RepairAsync(
            options.IsDryRun, "snapshots", () => _catalogue.UseAsync(catalogue => new SnapshotRepair(Repairing(catalogue), options).RunAsync(cancellationToken)), RecordedOutcome.Of);
    }

    /// <summary>
    /// Decides what records of prunes leave open that are damaged or missing, so that prunes can go on: nothing more is deleted for them.
    /// </summary>
    /// <param name="isExclusive">
    /// Says that no prune is running anywhere. Without, only what another prune cannot be in the middle of is decided.
    /// </param>
    /// <param name="isDryRun">Only find out what would be done.</param>
    /// <param name="cancellationToken">Ends the repair; what was decided until then stays.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public Task<PruneRecordRepairReport> RepairPruneRecordsAsync(bool isExclusive = false, bool isDryRun = false, CancellationToken cancellationToken = default) =>
        RepairAsync(
            isDryRun, "records of prunes",
            () => _catalogue.UseAsync(catalogue => new PruneRecordRepair(Repairing(catalogue), isExclusive, isDryRun).RunAsync(cancellationToken)), RecordedOutcome.Of);

    private Task<T> RepairAsync<T>(bool isDryRun, string what, Func<Task<T>> run, Func<T, EvidenceOutcome> describe) =>
        isDryRun ? run() : RecordAsync(EvidenceAction.Repair, what, run, describe);

    private RepairContext Repairing(CatalogueDatabase catalogue) =>
        new(_store, _keys, _config, catalogue, CacheDirectory, _options.TimeProvider, _logger, _options.MaxConcurrency, _options.ReadsAhead);
}
