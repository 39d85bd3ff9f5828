namespace Dedup.Pruning;

/// <summary>How far a locking has come.</summary>
/// <param name="ObjectsDone">Objects locked.</param>
/// <param name="ObjectsTotal">Objects to be locked.</param>
public readonly record struct LockProgress(long ObjectsDone, long ObjectsTotal);
