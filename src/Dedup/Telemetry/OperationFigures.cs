namespace Dedup.Telemetry;

/// <summary>What an operation has to tell when it has ended.</summary>
/// <param name="BytesRead">What it read, where it counts that.</param>
/// <param name="BytesWritten">What it wrote.</param>
/// <param name="Entries">How many entries or packs it dealt with.</param>
/// <param name="Problems">How many problems there were.</param>
/// <param name="IsComplete">Whether it did all that it was asked for.</param>
/// <param name="Snapshot">The snapshot that it made.</param>
internal readonly record struct OperationFigures(
    long BytesRead = 0, long BytesWritten = 0, long Entries = 0, long Problems = 0, bool IsComplete = true, SnapshotId? Snapshot = null);
