using Dedup.Snapshots;

namespace Dedup.Looking;

/// <summary>Where the trees of snapshots begin, by the numbers that a visitor of their pages was told.</summary>
internal sealed class SnapshotPages(IReadOnlyDictionary<BlobId, int> roots, IReadOnlyList<LookProblem> problems)
{
    /// <summary>Snapshots whose trees could not be read whole.</summary>
    public IReadOnlyList<LookProblem> Problems => problems;

    public bool Has(Snapshot snapshot) => roots.ContainsKey(snapshot.Tree);

    /// <summary>The number of the first page of a snapshot that <see cref="Has"/> one.</summary>
    public int Of(Snapshot snapshot) => roots[snapshot.Tree];
}
