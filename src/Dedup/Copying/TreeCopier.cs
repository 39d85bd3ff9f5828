using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Copying;

/// <summary>
/// Writes a tree of one repository into another: the same entries, with the ids that their content has there. Chunks are carried over as they are cut. Of directories
/// only a page a level is in memory; one that was met before is not walked again. One thread.
/// </summary>
internal sealed class TreeCopier(CopySide source, CopySide target, BlobWriter writer, CopyMap map, CopyCounters counters, Action report, CancellationToken cancellationToken) : IDisposable
{
    private const int FilesPerReport = 256, BytesPerReport = 1 << 20;

    private readonly BlobReader _blobs = new(source.Store, source.Keys, source.Catalogue);

    /// <summary>Copies a directory with everything below it.</summary>
    /// <returns>Its tree in the target.</returns>
    /// <exception cref="CorruptDataException">Something in the source is damaged.</exception>
    /// <exception cref="BlobMissingException">Something in the source is missing.</exception>
    /// <exception cref="Storage.StoreException">A store failed.</exception>
    public BlobId Copy(BlobId root)
    {
        // A stack of its own: directories may nest deeper than calls can.
        TreeReader trees = new(_blobs);
        Stack<Level> open = new();
        BlobId done = Enter(open, trees, root);
        while (open.TryPeek(out Level? level))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!done.IsZero)
            {
                level.Writer.Add(level.Pending! with { Tree = done });
                done = default;
            }

            if (!level.Nodes.MoveNext())
            {
                level.Nodes.Dispose();
                open.Pop();
                done = level.Writer.Finish().Tree;
                map.AddTree(level.Tree, done);
                continue;
            }

            Node node = WithXattrs(level.Nodes.Current);
            if (node.Metadata.Type != NodeType.Directory)
            {
                level.Writer.Add(node.Metadata.Type == NodeType.File ? WithContent(node, trees) : node);
                if (++counters.Files % FilesPerReport == 0)
                {
                    report();
                }
            }
            else if (open.Count > Limits.MaxDepth)
            {
                throw new CorruptDataException($"blob {node.Tree}", -1, $"directories nest deeper than {Limits.MaxDepth}");
            }
            else
            {
                level.Pending = node;
                done = Enter(open, trees, node.Tree);
            }
        }

        return done;
    }

    public void Dispose() => _blobs.Dispose();

    /// <returns>The directory of the target when it was made before; zero when it has just been opened.</returns>
    private BlobId Enter(Stack<Level> open, TreeReader trees, BlobId tree)
    {
        if (map.FindTree(tree) is { IsZero: false } known)
        {
            return known;
        }

        open.Push(new Level(tree, trees.ReadNodes(tree, cancellationToken).GetEnumerator(), new TreeWriter(target.Keys, writer.Write)));
        return default;
    }

    private Node WithXattrs(Node node) => node.Xattrs.All(xattr => xattr.Value is not null)
        ? node
        : node with { Xattrs = [.. node.Xattrs.Select(xattr => xattr.Value is null ? xattr with { Blob = CopyData(xattr.Blob) } : xattr)] };

    private Node WithContent(Node file, TreeReader trees)
    {
        ListWriter list = new(writer.Write);
        foreach (Extent extent in trees.ReadExtents(file, cancellationToken))
        {
            list.Add(extent.IsHole ? extent : new Extent(CopyData(extent.Blob), extent.Length));
        }

        (BlobId id, IReadOnlyList<Extent> inline) = list.Finish();
        return file with { List = id, Extents = inline };
    }

    private BlobId CopyData(BlobId blob)
    {
        BlobId known = map.FindData(blob);
        if (!known.IsZero && writer.IsKnown(known))
        {
            return known;
        }

        byte[] plain = _blobs.Read(blob, BlobKind.Data, cancellationToken);
        bool isReportDue = counters.BytesRead / BytesPerReport != (counters.BytesRead + plain.Length) / BytesPerReport;
        counters.BytesRead += plain.Length;
        BlobId copied = writer.Write(BlobKind.Data, plain);
        map.AddData(blob, copied);
        if (isReportDue)
        {
            // A large file takes its time too.
            report();
        }

        return copied;
    }

    /// <summary>A directory under way.</summary>
    private sealed record Level(BlobId Tree, IEnumerator<Node> Nodes, TreeWriter Writer)
    {
        /// <summary>The entry that waits for the directory it stands for.</summary>
        public Node? Pending { get; set; }
    }
}
