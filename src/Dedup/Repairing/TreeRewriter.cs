using Dedup.Content;
using Dedup.Crypto;
using Dedup.Trees;

namespace Dedup.Repairing;

/// <summary>
/// Makes a tree of what can be read of another: an unreadable directory is empty, an unreadable page of one leaves its entries out, files
/// keep what is readable. Directories in and below which nothing is wrong stay as they are; the others are written anew. One thread at a time.
/// </summary>
/// <param name="trees">Reads the old tree.</param>
/// <param name="files">Repairs nodes.</param>
/// <param name="keys">Decide where directories are cut into pages.</param>
/// <param name="store">Takes the pages of new directories.</param>
internal sealed class TreeRewriter(TreeReader trees, FileRepair files, RepositoryKeys keys, Func<BlobKind, ReadOnlySpan<byte>, BlobId> store)
{
    private readonly Dictionary<BlobId, RewrittenTree> _done = [];

    /// <summary>Called with everything that is damaged, once however many directories share it: the path, and what is wrong.</summary>
    public Action<IReadOnlyList<EntryName>, RepairProblemKind, string>? Report { get; init; }

    /// <summary>Makes a tree of what is left of one.</summary>
    /// <exception cref="Storage.StoreException">The store failed.</exception>
    public RewrittenTree Rewrite(BlobId root, CancellationToken cancellationToken)
    {
        // A stack of its own: directories may nest deeper than calls can.
        Stack<Level> open = new();
        RewrittenTree? done = Enter(open, root, null, cancellationToken);
        while (open.TryPeek(out Level? level))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (done is not null)
            {
                level.Take(level.Pending!, done);
            }

            if (Next(level) is not { } node)
            {
                open.Pop();
                done = Finish(level, cancellationToken);
                _done[level.Tree] = done;
            }
            else
            {
                done = Visit(open, level, node, cancellationToken);
            }
        }

        return done!;
    }

    /// <returns>The directory when it has been done before; <see langword="null"/> when it has just been opened.</returns>
    private RewrittenTree? Enter(Stack<Level> open, BlobId tree, EntryPath? path, CancellationToken cancellationToken)
    {
        if (_done.TryGetValue(tree, out RewrittenTree? known))
        {
            return known;
        }

        Level level = new(tree, path);
        level.Nodes = trees.ReadNodes(tree, cancellationToken, lost: (_, exception) => Lose(level, exception)).GetEnumerator();
        open.Push(level);
        return null;
    }

    /// <returns>The directory that the node is, when it has been done before.</returns>
    private RewrittenTree? Visit(Stack<Level> open, Level level, Node node, CancellationToken cancellationToken)
    {
        Node? repaired = files.TryRepair(node, out long lostBytes, cancellationToken);
        if (repaired is not null)
        {
            bool isDirectory = node.Metadata.Type == NodeType.Directory;
            level.Replace(repaired, isDirectory ? new TreeDamage(0, 1, 0) : new TreeDamage(1, 0, lostBytes));
            string what = lostBytes > 0 ? $"{lostBytes} of {node.Metadata.Size} bytes are lost" : "extended attributes are lost";
            Report?.Invoke(new EntryPath(level.Path, node.Name), isDirectory ? RepairProblemKind.DamagedDirectory : RepairProblemKind.DamagedFile, what);
        }

        if (node.Metadata.Type != NodeType.Directory)
        {
            return null;
        }

        level.Pending = repaired ?? node;
        EntryPath path = new(level.Path, node.Name);
        return path.Count <= Limits.MaxDepth
            ? Enter(open, node.Tree, path, cancellationToken)
            : TooDeep(path);
    }

    private RewrittenTree TooDeep(EntryPath path)
    {
        Report?.Invoke(path, RepairProblemKind.DamagedDirectory, $"directories nest deeper than {Limits.MaxDepth}");
        (BlobId empty, TreeTotals totals) = new TreeWriter(keys, store).Finish();
        return new RewrittenTree(empty, totals, new TreeDamage(0, 1, 0), IsUnreadable: true, IsIncomplete: true);
    }

    private Node? Next(Level level)
    {
        try
        {
            if (level.Nodes!.MoveNext())
            {
                level.HasNodes = true;
                return level.Nodes.Current;
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            Lose(level, exception);
        }

        level.Nodes!.Dispose();
        return null;
    }

    private void Lose(Level level, Exception exception)
    {
        if (!level.IsIncomplete)
        {
            level.IsIncomplete = true;
            level.Damage += new TreeDamage(0, 1, 0);
        }

        Report?.Invoke(level.Path is { } path ? path : [], RepairProblemKind.DamagedDirectory, $"entries are lost: {exception.Message}");
    }

    private RewrittenTree Finish(Level level, CancellationToken cancellationToken)
    {
        if (level.Damage.IsNone)
        {
            return new RewrittenTree(level.Tree, default, default, IsUnreadable: false, IsIncomplete: false);
        }

        // Read once more rather than kept: a directory may be larger than memory, and few are damaged.
        TreeWriter writer = new(keys, store);
        try
        {
            foreach (Node node in trees.ReadNodes(level.Tree, cancellationToken, lost: (_, _) => { }))
            {
                writer.Add(level.Replaced.GetValueOrDefault(node.Name, node));
            }
        }
        catch (CorruptDataException)
        {
            // The pages contradict each other, which the first reading has told: what came before is kept.
        }

        (BlobId tree, TreeTotals totals) = writer.Finish();
        return new RewrittenTree(tree, totals, level.Damage, IsUnreadable: !level.HasNodes, level.IsIncomplete);
    }

    /// <summary>A directory under way.</summary>
    private sealed class Level(BlobId tree, EntryPath? path)
    {
        public BlobId Tree => tree;

        public EntryPath? Path => path;

        public IEnumerator<Node>? Nodes { get; set; }

        public bool HasNodes { get; set; }

        public bool IsIncomplete { get; set; }

        /// <summary>The entry that waits for the directory it stands for.</summary>
        public Node? Pending { get; set; }

        public TreeDamage Damage { get; set; }

        public Dictionary<EntryName, Node> Replaced { get; } = [];

        public void Replace(Node node, TreeDamage damage)
        {
            Replaced[node.Name] = node;
            Damage += damage;
        }

        /// <summary>Takes a directory over that has been done.</summary>
        public void Take(Node node, RewrittenTree done)
        {
            if (!done.Damage.IsNone)
            {
                NodeRemarks mark = done.IsIncomplete ? NodeRemarks.Damaged : NodeRemarks.None;
                Replace(node with { Tree = done.Tree, Totals = done.Totals, Remarks = node.Remarks | mark }, done.Damage);
            }
        }
    }
}
