using Dedup.Filtering;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Verifying;

/// <summary>A directory that is being compared.</summary>
/// <param name="directory">The directory of the folder; disposed of with this.</param>
/// <param name="nodes">What the snapshot has in it.</param>
/// <param name="chosen">What of that was chosen.</param>
internal sealed class VerifiedDirectory(ISourceDirectory directory, IEnumerable<Node> nodes, PathSetNode? chosen) : IDisposable
{
    public ISourceDirectory Directory => directory;

    public IEnumerator<Node> Nodes { get; } = nodes.GetEnumerator();

    public PathSetNode? Chosen => chosen;

    /// <summary>What is in the directory and was not met in the snapshot.</summary>
    public HashSet<EntryName> Others { get; } = [.. directory.ReadNames()];

    public void Dispose()
    {
        Nodes.Dispose();
        directory.Dispose();
    }
}
