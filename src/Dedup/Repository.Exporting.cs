using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Exporting;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup;

/// <content>Writing what snapshots hold to streams.</content>
public sealed partial class Repository
{
    /// <summary>Finds the entry at a path of a snapshot.</summary>
    /// <returns><see langword="null"/> for the root, which is no entry.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">The snapshot has no such path.</exception>
    /// <exception cref="CorruptDataException">A directory on the way is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory on the way is missing.</exception>
    public Task<Node?> FindEntryAsync(SnapshotId snapshot, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadAsync(snapshot, (root, catalogue) =>
        {
            using BlobReader blobs = new(_store, _keys, catalogue, _metadata);
            return Task.FromResult(TreePath.Find(new TreeReader(blobs), root.Tree, path, cancellationToken));
        }, cancellationToken);
    }

    /// <summary>Writes the content of a file of a snapshot to a stream.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="path">The file.</param>
    /// <param name="destination">Takes the content, from another thread; it is not closed.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">The snapshot has no such file.</exception>
    /// <exception cref="ExportException">A part of the file is damaged or missing; what came before has been written.</exception>
    public Task DumpAsync(SnapshotId snapshot, string path, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(destination);
        return ReadAsync(snapshot, async (root, catalogue) =>
        {
            await Exporter(catalogue, cancellationToken).DumpAsync(root, path, destination).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }

    /// <summary>Writes a snapshot, or a part of one, to a stream as an archive that other programs read.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="destination">Takes the archive, front to back, from another thread; it is not closed.</param>
    /// <param name="options">What is written.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>What was written, and what the format could not hold.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">The snapshot has nothing at <see cref="ExportOptions.Path"/>.</exception>
    /// <exception cref="ExportException">An entry is damaged, or the format cannot hold it. As after any exception, what was written is no whole archive, and readers
    /// see that it is cut off.</exception>
    public Task<ExportResult> ExportAsync(
        SnapshotId snapshot, Stream destination, ExportOptions? options = null, IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        options ??= new();
        return ReadAsync(
            snapshot, (root, catalogue) => Exporter(catalogue, cancellationToken).RunAsync(root, destination, options, progress), cancellationToken);
    }

    private ExportOperation Exporter(CatalogueDatabase catalogue, CancellationToken cancellationToken) =>
        new(_store, _metadata, _keys, catalogue, _options.TimeProvider, _options.MaxConcurrency, _options.ReadsAhead, cancellationToken);

    private async Task<T> ReadAsync<T>(SnapshotId snapshot, Func<Snapshot, CatalogueDatabase, Task<T>> read, CancellationToken cancellationToken)
    {
        using CatalogueLease lease = await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        Snapshot root = await new SnapshotReader(_store, _keys, _metadata).ReadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        try
        {
            return await read(root, lease.Database).ConfigureAwait(false);
        }
        catch (CatalogueDamagedException)
        {
            // A part may have been written, so that this cannot begin again by itself.
            lease.Abandon();
            throw;
        }
    }
}
