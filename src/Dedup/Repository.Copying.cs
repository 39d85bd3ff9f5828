using Dedup.Catalogue;
using Dedup.Copying;
using Dedup.Evidence;
using Dedup.Telemetry;

namespace Dedup;

/// <content>Copying snapshots into another repository.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Copies snapshots into a repository with keys of its own: their content is read, verified and sealed anew; chunks stay as they are cut. What the other
    /// repository has already is not stored again, and a snapshot that is there is not copied again.
    /// </summary>
    /// <returns>The snapshots that are there now, and those that could not be copied.</returns>
    /// <exception cref="ArgumentException">The target is this very repository, or a replica of it.</exception>
    /// <exception cref="SnapshotNotFoundException">A snapshot that was asked for is not there.</exception>
    /// <exception cref="SessionFencedException">Prunes of the target ended each try.</exception>
    /// <exception cref="VerificationFailedException">What was to be stored did not read back: the machine is at fault.</exception>
    public Task<CopyReport> CopyToAsync(Repository target, CopyOptions? options = null, IProgress<CopyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        options ??= new();
        return target._config.Repository.Equals(_config.Repository)
            ? throw new ArgumentException($"{target.Location}: is the same repository as {Location}; to mirror it, use a replication", nameof(target))
            : _telemetry.RunAsync(
                "copy", null,
                () => RecordCopyAsync(target, options, progress, cancellationToken),
                static report => new OperationFigures(
                    report.BytesRead, report.BytesStored, report.Snapshots.Count, report.Problems.Count, IsComplete: report.Problems.Count == 0));
    }

    private Task<CopyReport> RecordCopyAsync(Repository target, CopyOptions options, IProgress<CopyProgress>? progress, CancellationToken cancellationToken) => RecordAsync(
        EvidenceAction.Copy, target.Location,
        () => target.RecordAsync(
            EvidenceAction.Copy, target.Location,
            () => _catalogue.UseAsync(source => target._catalogue.UseAsync(
                catalogue => new CopyOperation(Side(source), target.Side(catalogue), _options.TimeProvider, progress, cancellationToken).RunAsync(options))),
            report => RecordedOutcome.Of(report, static copy => copy.Copy.ToString(), $"from {Location}, repository {Id}")),
        report => RecordedOutcome.Of(report, static copy => copy.Original.ToString(), $"to {target.Location}, repository {target.Id}"));

    private CopySide Side(CatalogueDatabase catalogue) => new(_store, _keys, _config, catalogue, CacheDirectory, _logger);
}
