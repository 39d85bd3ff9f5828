namespace Dedup.Restore;

/// <summary>How far a restore has come: counts since it began.</summary>
/// <param name="Entries">Files, directories and other entries done.</param>
/// <param name="Bytes">Bytes of file content written or left as holes.</param>
/// <param name="Errors">Entries that could not be restored.</param>
/// <param name="TotalEntries">How many entries there are.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
public readonly record struct RestoreProgress(long Entries, long Bytes, long Errors, long TotalEntries, long TotalBytes);
