using Dedup.Browsing;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup;

/// <content>Looking into snapshots without restoring them.</content>
public sealed partial class Repository
{
    /// <summary>Opens the snapshots that a filter picks as one tree of directories and files.</summary>
    /// <returns>The tree, to be disposed before the repository.</returns>
    public async Task<SnapshotView> OpenViewAsync(SnapshotFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= SnapshotFilter.All;
        SnapshotWatch watch = new(_store, _options.TimeProvider, async cancellation =>
        {
            IReadOnlyList<Snapshot> snapshots = await ReadSnapshotsAsync(cancellation).ConfigureAwait(false);
            (await SynchroniseAsync(cancellation).ConfigureAwait(false)).Dispose();
            return [.. snapshots.Where(filter.Matches)];
        });
        bool isRead = false;
        try
        {
            await watch.ReadRootAsync(cancellationToken).ConfigureAwait(false);
            isRead = true;
            return new SnapshotView(watch, NewReaders(), _options.ReadsAhead);
        }
        finally
        {
            if (!isRead)
            {
                watch.Dispose();
            }
        }
    }

    /// <summary>Opens a file of a snapshot, to be read from any place.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="path">The file's path from the root of the snapshot.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>The file's content, to be disposed before the repository.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">The snapshot has no such file.</exception>
    /// <exception cref="CorruptDataException">A directory on the way is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory on the way is missing.</exception>
    public async Task<SnapshotFileStream> OpenFileAsync(SnapshotId snapshot, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using CatalogueLease lease = await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        Snapshot root = await new SnapshotReader(_store, _keys, _metadata).ReadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        return OpenFile(path, readers => readers.Use(blobs => TreePath.Find(new TreeReader(blobs), root.Tree, path, cancellationToken)));
    }

    /// <summary>Opens a file that <see cref="ListEntriesAsync"/> or <see cref="FindAsync"/> told of, whatever bytes its name has, to be read from any place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>The file's content, to be disposed before the repository.</returns>
    /// <exception cref="PathNotFoundException">It is no file.</exception>
    public async Task<SnapshotFileStream> OpenFileAsync(TreeEntry file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using CatalogueLease lease = await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        return OpenFile(file.Path, _ => file.Node);
    }

    private SnapshotFileStream OpenFile(string path, Func<BlobReaderPool, Node?> find)
    {
        BlobReaderPool readers = NewReaders();
        bool isOpen = false;
        try
        {
            Node? file = find(readers);
            SnapshotFileStream stream = file?.Metadata.Type == NodeType.File
                ? new SnapshotFileStream(new ChunkReader(readers), file, _options.ReadsAhead, readers)
                : throw new PathNotFoundException(path, "is not a file in this snapshot");
            isOpen = true;
            return stream;
        }
        finally
        {
            if (!isOpen)
            {
                readers.Dispose();
            }
        }
    }

    private BlobReaderPool NewReaders() => new(_catalogue, database => new BlobReader(_store, _keys, database, _metadata));
}
