namespace Dedup.Trees;

/// <summary>What lies below a directory, so that sizes need no walk.</summary>
/// <param name="Files">Entries that are not directories.</param>
/// <param name="Directories">Directories, the directory itself not counted.</param>
/// <param name="Bytes">The lengths of all files.</param>
public readonly record struct TreeTotals(long Files, long Directories, long Bytes)
{
    /// <summary>How many entries there are in all.</summary>
    internal long Entries => Amount.Add(Files, Directories);

    /// <summary>The totals of two sets of entries together; what 63 bits do not hold counts as what they hold.</summary>
    public static TreeTotals operator +(TreeTotals left, TreeTotals right) => Add(left, right);

    /// <inheritdoc cref="op_Addition(TreeTotals, TreeTotals)"/>
    public static TreeTotals Add(TreeTotals left, TreeTotals right) =>
        new(Amount.Add(left.Files, right.Files), Amount.Add(left.Directories, right.Directories), Amount.Add(left.Bytes, right.Bytes));

    /// <summary>What one entry adds to the totals of the directory it lies in.</summary>
    public static TreeTotals Of(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Metadata.Type == NodeType.Directory
            ? node.Totals + new TreeTotals(0, 1, 0)
            : new TreeTotals(1, 0, node.Metadata.Size);
    }
}
