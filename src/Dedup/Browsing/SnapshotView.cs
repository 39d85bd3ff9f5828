using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>
/// The snapshots of a repository as one tree that can be walked and read but not changed: <c>ids/1a2b3c4d</c>, <c>hosts/HOST/TIME</c>, <c>tags/TAG/TIME</c> and
/// <c>snapshots/TIME</c> are the roots of snapshots, and <c>latest</c> beside the times is the newest of them. A time is that of the snapshot in its own time
/// zone, such as <c>2026-05-31T22-00-00</c>; where two have the same, the id of the later one follows. In the names of hosts and tags a slash is <c>%2F</c>
/// and a percent sign <c>%25</c>.
/// </summary>
/// <remarks>
/// Snapshots that are made or forgotten show within seconds. All methods may be called from several threads at once. Besides what they document they fail with
/// <see cref="Storage.StoreException"/> when the store does. To be disposed before the repository, and after the files that it opened.
/// </remarks>
public sealed class SnapshotView : IDisposable
{
    private readonly SnapshotWatch _snapshots;
    private readonly BlobReaderPool _readers;
    private readonly ChunkReader _chunks;
    private readonly int _readsAhead;

    internal SnapshotView(SnapshotWatch snapshots, BlobReaderPool readers, int readsAhead)
    {
        _snapshots = snapshots;
        _readers = readers;
        _chunks = new ChunkReader(readers);
        _readsAhead = readsAhead;
    }

    /// <summary>Finds an entry.</summary>
    /// <param name="path">The names from the root down; empty for the root itself.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="CorruptDataException">A directory on the way is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory on the way is missing.</exception>
    public async ValueTask<ViewEntry?> FindAsync(IReadOnlyList<EntryName> path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ViewEntry? entry = await _snapshots.ReadRootAsync(cancellationToken).ConfigureAwait(false);
        int depth = 0;
        for (; depth < path.Count && entry?.Folder is { } folder; depth++)
        {
            entry = folder.Find(path[depth]);
        }

        return entry is null || depth == path.Count ? entry : _readers.Use(blobs => Find(new TreeReader(blobs), entry, path, depth, cancellationToken));
    }

    /// <summary>The entries of a directory, sorted by the bytes of their names.</summary>
    /// <param name="directory">A directory.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ArgumentException">It is no directory.</exception>
    /// <exception cref="CorruptDataException">The directory is damaged.</exception>
    /// <exception cref="BlobMissingException">A part of the directory is missing.</exception>
    public IEnumerable<ViewEntry> List(ViewEntry directory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return directory.Folder is { } folder ? folder.Entries
            : directory.IsDirectory ? ListTree(directory, cancellationToken)
            : throw new ArgumentException($"'{directory.Name}' is no directory.", nameof(directory));
    }

    /// <summary>Opens a file; nothing is read yet.</summary>
    /// <exception cref="ArgumentException">It is no file.</exception>
    public SnapshotFileStream OpenRead(ViewEntry file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Type == NodeType.File
            ? new SnapshotFileStream(_chunks, file.Node!, _readsAhead, owned: null)
            : throw new ArgumentException($"'{file.Name}' is no file.", nameof(file));
    }

    /// <summary>Closes the view.</summary>
    public void Dispose()
    {
        _snapshots.Dispose();
        _readers.Dispose();
    }

    private static ViewEntry? Find(TreeReader trees, ViewEntry root, IReadOnlyList<EntryName> path, int depth, CancellationToken cancellationToken)
    {
        ViewEntry entry = root;
        for (; depth < path.Count; depth++)
        {
            if (!entry.IsDirectory || trees.Find(entry.Tree, path[depth], cancellationToken) is not { } node)
            {
                return null;
            }

            entry = ViewEntry.OfNode(root.Snapshot!, node);
        }

        return entry;
    }

    private IEnumerable<ViewEntry> ListTree(ViewEntry directory, CancellationToken cancellationToken)
    {
        using PooledBlobReader reader = _readers.Take();
        using IEnumerator<Node> nodes = new TreeReader(reader.Blobs).ReadNodes(directory.Tree, cancellationToken).GetEnumerator();
        while (MoveNext(nodes, reader))
        {
            yield return ViewEntry.OfNode(directory.Snapshot!, nodes.Current);
        }
    }

    private static bool MoveNext(IEnumerator<Node> nodes, PooledBlobReader reader)
    {
        try
        {
            return nodes.MoveNext();
        }
        catch (CatalogueDamagedException)
        {
            // A part may have been given out, so that this cannot begin again by itself; whoever comes next has a new catalogue.
            reader.Abandon();
            throw;
        }
    }
}
