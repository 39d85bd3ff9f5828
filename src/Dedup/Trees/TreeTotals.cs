namespace Dedup.Trees;

/// <summary>What lies below a directory, so that sizes need no walk.</summary>
/// <param name="Files">Entries that are not directories.</param>
/// <param name="Directories">Directories, the directory itself not counted.</param>
/// <param name="Bytes">The lengths of all files.</param>
public readonly record struct TreeTotals(long Files, long Directories, long Bytes)
{
    /// <summary>The totals of two sets of entries together.</summary>
    public static TreeTotals operator +(TreeTotals left, TreeTotals right) => Add(left, right);

    /// <summary>The totals of two sets of entries together.</summary>
    public static TreeTotals Add(TreeTotals left, TreeTotals right) =>
        new(left.Files + right.Files, left.Directories + right.Directories, left.Bytes + right.Bytes);

    /// <summary>What one entry adds to the totals of the directory it lies in.</summary>
    public static TreeTotals Of(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Metadata.Type == NodeType.Directory
            ? node.Totals + new TreeTotals(0, 1, 0)
            : new TreeTotals(1, 0, node.Metadata.Size);
    }
}
