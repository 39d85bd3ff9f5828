using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Sets two directories side by side. Pages that both have are not read.</summary>
/// <param name="pages">Reads the pages.</param>
/// <param name="before">Called with each page that only the first directory has.</param>
/// <param name="after">Called with each page that only the second has.</param>
internal sealed class DirectoryPairs(DirectoryPages pages, Action<BlobId> before, Action<BlobId> after)
{
    /// <summary>The entries of two directories by name; those in pages that both have are left out, and others may be the same too.</summary>
    /// <param name="left">The tree of the first; zero for none.</param>
    /// <param name="right">The tree of the second; zero for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    public IEnumerable<(Node? Before, Node? After)> Of(BlobId left, BlobId right, CancellationToken cancellationToken)
    {
        IReadOnlyList<BlobId> leftLeaves = left.IsZero ? [] : pages.Leaves(left, before, cancellationToken);
        IReadOnlyList<BlobId> rightLeaves = right.IsZero ? [] : pages.Leaves(right, after, cancellationToken);
        HashSet<BlobId> shared = [.. leftLeaves.Intersect(rightLeaves)];
        using IEnumerator<Node> ofLeft = Nodes(leftLeaves, shared, before, cancellationToken).GetEnumerator();
        using IEnumerator<Node> ofRight = Nodes(rightLeaves, shared, after, cancellationToken).GetEnumerator();
        Node? nextLeft = Next(ofLeft), nextRight = Next(ofRight);
        while (nextLeft is not null || nextRight is not null)
        {
            int order = nextLeft is null ? 1 : nextRight is null ? -1 : nextLeft.Name.CompareTo(nextRight.Name);
            yield return (order <= 0 ? nextLeft : null, order >= 0 ? nextRight : null);
            nextLeft = order <= 0 ? Next(ofLeft) : nextLeft;
            nextRight = order >= 0 ? Next(ofRight) : nextRight;
        }
    }

    private static Node? Next(IEnumerator<Node> nodes) => nodes.MoveNext() ? nodes.Current : null;

    private IEnumerable<Node> Nodes(IEnumerable<BlobId> leaves, HashSet<BlobId> shared, Action<BlobId> visit, CancellationToken cancellationToken)
    {
        foreach (BlobId leaf in leaves.Where(leaf => !shared.Contains(leaf)))
        {
            visit(leaf);
            foreach (Node node in pages.Read(leaf, cancellationToken))
            {
                yield return node;
            }
        }
    }
}
