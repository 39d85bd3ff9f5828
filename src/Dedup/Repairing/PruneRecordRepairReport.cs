namespace Dedup.Repairing;

/// <summary>What a repair of the records of prunes did, or would do.</summary>
/// <param name="Problems">The records that cannot be read or are missing, and what became of each.</param>
/// <param name="Prunes">The number of the latest prune: so many there were.</param>
/// <param name="RecordsWritten">How many records were written, each of which decides what one of the problems left open.</param>
/// <param name="IsComplete">Whether nothing is left open: the next prune can go on.</param>
public sealed record PruneRecordRepairReport(IReadOnlyList<RepairProblem> Problems, long Prunes, int RecordsWritten, bool IsComplete);
