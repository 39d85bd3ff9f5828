using Dedup.Archives;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Exporting;

/// <summary>Walks the tree of a snapshot and passes on, in batches, what an archive of it consists of. One thread at a time.</summary>
internal sealed class ExportWalker(TreeReader trees, BlobReader blobs, ArchiveLimits limits, Action<ExportBatch> pass, CancellationToken cancellationToken)
{
    private readonly Dictionary<LinkIdentity, byte[]> _firstNames = [];
    private readonly Stack<(IEnumerator<Node> Nodes, int PathLength)> _open = new();
    private readonly List<byte> _path = [];
    private string _above = "/";
    private ExportBatch _batch = new();

    /// <summary>Finds the entry at a path.</summary>
    /// <returns><see langword="null"/> for the root, which is no entry.</returns>
    /// <exception cref="PathNotFoundException">There is none.</exception>
    public Node? Find(BlobId root, string path) => TreePath.Find(trees, root, path, cancellationToken);

    /// <summary>The path in the snapshot, for people, of what has a path in the archive.</summary>
    public string Describe(byte[] path) => _above + EntryName.Display(path).TrimEnd('/');

    /// <summary>Passes on an entry and, of a directory, all that lies below it.</summary>
    /// <param name="above">The directories that lead to the entry.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="keepsPath">Whether these directories are part of the names in the archive.</param>
    /// <exception cref="ExportException">An entry is damaged, or the format cannot hold it.</exception>
    public void Walk(IReadOnlyList<EntryName> above, Node entry, bool keepsPath)
    {
        foreach (EntryName name in keepsPath ? above : [])
        {
            _path.AddRange(name.Bytes);
            _path.Add((byte)'/');
        }

        Begin(keepsPath ? [] : above);
        Visit(entry);
        WalkOpen();
    }

    /// <summary>Passes on all that lies in a directory, named from there.</summary>
    /// <inheritdoc cref="Walk"/>
    public void WalkContent(IReadOnlyList<EntryName> above, BlobId tree)
    {
        Begin(above);
        _open.Push((trees.ReadNodes(tree, cancellationToken).GetEnumerator(), 0));
        WalkOpen();
    }

    private void Begin(IReadOnlyList<EntryName> above) => _above = string.Concat(above.Select(static name => $"/{name}").Append("/"));

    private void WalkOpen()
    {
        while (_open.TryPeek(out (IEnumerator<Node> Nodes, int PathLength) directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _path.RemoveRange(directory.PathLength, _path.Count - directory.PathLength);
            if (TryMoveNext(directory.Nodes))
            {
                Visit(directory.Nodes.Current);
                continue;
            }

            directory.Nodes.Dispose();
            _open.Pop();
        }

        pass(_batch);
    }

    private bool TryMoveNext(IEnumerator<Node> nodes)
    {
        try
        {
            return nodes.MoveNext();
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            throw new ExportException(Describe([.. _path]), $"the directory cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The path holds the directory; afterwards the entry too.</summary>
    private void Visit(Node node)
    {
        _path.AddRange(node.Name.Bytes);
        byte[] path = [.. _path];
        if (!limits.Admits(node, path.Length, () => Describe(path)))
        {
            return;
        }

        try
        {
            AddEntry(node, path);
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            throw new ExportException(Describe(path), exception.Message, exception);
        }

        if (node.Metadata.Type == NodeType.Directory)
        {
            if (_open.Count >= Limits.MaxDepth)
            {
                throw new ExportException(Describe(path), "directories nest deeper than is possible");
            }

            _path.Add((byte)'/');
            _open.Push((trees.ReadNodes(node.Tree, cancellationToken).GetEnumerator(), _path.Count));
        }
    }

    private void AddEntry(Node node, byte[] path)
    {
        NodeMetadata metadata = node.Metadata;
        byte[]? firstName = null;
        if (limits.HasHardLinks && metadata.LinkCount > 1 && metadata.Type != NodeType.Directory
            && !_firstNames.TryAdd(LinkIdentity.Of(node), path))
        {
            firstName = _firstNames[LinkIdentity.Of(node)];
        }

        bool hasContent = metadata.Type == NodeType.File && firstName is null;
        Add(new ArchiveEntry
        {
            Path = path,
            Metadata = metadata,
            HardLink = firstName,
            LinkTarget = node.LinkTarget,
            Xattrs = limits.HasXattrs && firstName is null ? ReadXattrs(node) : [],
            Sparse = hasContent && limits.HasHoles ? SparseMap.Of(trees.ReadExtents(node, cancellationToken), metadata.Size) : null,
        });
        if (hasContent)
        {
            foreach (Extent extent in trees.ReadExtents(node, cancellationToken))
            {
                _batch.Add(extent);
                PassOnIfFull();
            }
        }
    }

    private void Add(ArchiveEntry entry)
    {
        _batch.Add(entry);
        PassOnIfFull();
    }

    private void PassOnIfFull()
    {
        if (_batch.IsFull)
        {
            pass(_batch);
            _batch = new ExportBatch();
        }
    }

    private IReadOnlyList<ExtendedAttribute> ReadXattrs(Node node) => node.Xattrs.Count == 0 ? [] :
        [.. node.Xattrs.Select(xattr => new ExtendedAttribute(xattr.Name, xattr.Value ?? blobs.Read(xattr.Blob, BlobKind.Data, cancellationToken)))];

}
