using Dedup.Trees;

namespace Dedup.Content;

/// <summary>Lists the entries of a snapshot.</summary>
internal sealed class TreeLister(TreeReader trees)
{
    /// <summary>Lists a directory, each subdirectory followed by what it holds; or one entry that is none.</summary>
    /// <exception cref="PathNotFoundException">There is nothing at the path.</exception>
    public IEnumerable<TreeEntry> List(BlobId root, string? path, bool isRecursive, CancellationToken cancellationToken)
    {
        EntryName[] start = TreePath.Parse(path ?? "/");
        Node? chosen = TreePath.Find(trees, root, path ?? "/", cancellationToken);
        if (chosen is not null && chosen.Metadata.Type != NodeType.Directory)
        {
            yield return new TreeEntry(start[..^1], chosen);
            yield break;
        }

        Stack<Frame> open = new();
        open.Push(new Frame(null, start, trees.ReadNodes(chosen?.Tree ?? root, cancellationToken).GetEnumerator()));
        while (open.TryPeek(out Frame? top))
        {
            if (!top.Nodes.MoveNext())
            {
                top.Nodes.Dispose();
                open.Pop();
                continue;
            }

            Node node = top.Nodes.Current;
            yield return new TreeEntry(top.Path, node);
            if (isRecursive && node.Metadata.Type == NodeType.Directory)
            {
                if (open.Count > Limits.MaxDepth)
                {
                    throw new CorruptDataException($"blob {node.Tree}", -1, "directories nest deeper than is possible");
                }

                top.ForgetPath();
                open.Push(new Frame(top, [node.Name], trees.ReadNodes(node.Tree, cancellationToken).GetEnumerator()));
            }
        }
    }

    /// <summary>
    /// A directory that is being listed. Only the innermost keeps its whole path, which all its entries share: with that of
    /// each, memory would grow with the square of the depth.
    /// </summary>
    /// <param name="outer">The directory it lies in; <see langword="null"/> for the one where the listing began.</param>
    /// <param name="names">Its path from there.</param>
    /// <param name="nodes">Its entries.</param>
    private sealed class Frame(Frame? outer, EntryName[] names, IEnumerator<Node> nodes)
    {
        private EntryName[]? _path;

        public IEnumerator<Node> Nodes => nodes;

        public EntryName[] Path => _path ??= MakePath();

        private Frame? Outer => outer;

        private EntryName[] Names => names;

        public void ForgetPath() => _path = null;

        private EntryName[] MakePath()
        {
            List<EntryName> reversed = [];
            for (Frame? frame = this; frame is not null; frame = frame.Outer)
            {
                reversed.AddRange(frame.Names.Reverse());
            }

            reversed.Reverse();
            return [.. reversed];
        }
    }
}
