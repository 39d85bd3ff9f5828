namespace Dedup.Looking;

/// <summary>
/// Is shown the pages of trees, each once however many snapshots share it: what a page refers to always comes before it. Entries and pages are
/// numbered from 0 in the order in which they come.
/// </summary>
internal interface IPageVisitor
{
    /// <summary>An entry of a directory, shared by all pages that hold the very same.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="tree">The number of a directory's page; -1 for anything else.</param>
    /// <param name="node">The node as the format has it, name first (<see cref="Format.NodeFormat"/>). Of no use after the call.</param>
    void Entry(int number, int tree, ReadOnlySpan<byte> node);

    /// <summary>A page of a directory.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="id">Its blob.</param>
    /// <param name="level">0 where it holds entries; else it holds pages.</param>
    /// <param name="content">The numbers of its entries, or of the pages below, in order. Of no use after the call.</param>
    void Page(int number, BlobId id, int level, ReadOnlySpan<NumberRun> content);
}
