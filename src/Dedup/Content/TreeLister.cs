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

        Stack<(EntryName[] Path, IEnumerator<Node> Nodes)> open = new();
        open.Push((start, trees.ReadNodes(chosen?.Tree ?? root, cancellationToken).GetEnumerator()));
        while (open.TryPeek(out (EntryName[] Path, IEnumerator<Node> Nodes) top))
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
                open.Push(([.. top.Path, node.Name], trees.ReadNodes(node.Tree, cancellationToken).GetEnumerator()));
            }
        }
    }
}
