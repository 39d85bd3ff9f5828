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

        EntryPath? top = null;
        foreach (EntryName name in start)
        {
            top = new EntryPath(top, name);
        }

        Stack<(EntryPath? Path, IEnumerator<Node> Nodes)> open = new();
        open.Push((top, trees.ReadNodes(chosen?.Tree ?? root, cancellationToken).GetEnumerator()));
        while (open.TryPeek(out (EntryPath? Path, IEnumerator<Node> Nodes) directory))
        {
            if (!directory.Nodes.MoveNext())
            {
                directory.Nodes.Dispose();
                open.Pop();
                continue;
            }

            Node node = directory.Nodes.Current;
            yield return new TreeEntry((IReadOnlyList<EntryName>?)directory.Path ?? [], node);
            if (isRecursive && node.Metadata.Type == NodeType.Directory)
            {
                if (open.Count > Limits.MaxDepth)
                {
                    throw new CorruptDataException($"blob {node.Tree}", -1, $"directories nest deeper than {Limits.MaxDepth}");
                }

                open.Push((new EntryPath(directory.Path, node.Name), trees.ReadNodes(node.Tree, cancellationToken).GetEnumerator()));
            }
        }
    }
}
