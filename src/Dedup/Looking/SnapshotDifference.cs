namespace Dedup.Looking;

/// <summary>How two snapshots differ, in sum.</summary>
/// <param name="ChangedFiles">Files that both have, with different content.</param>
/// <param name="Added">What only the second has.</param>
/// <param name="Removed">What only the first has.</param>
public sealed record SnapshotDifference(long ChangedFiles, DifferenceTotals Added, DifferenceTotals Removed);
