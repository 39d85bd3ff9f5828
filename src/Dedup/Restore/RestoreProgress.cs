namespace Dedup.Restore;

/// <summary>How far a restore has come: counts since it began.</summary>
/// <param name="Entries">Files, directories and other entries that were made or updated.</param>
/// <param name="EntriesSkipped">Entries that were there already, or stay as they are.</param>
/// <param name="EntriesDeleted">Entries that were removed.</param>
/// <param name="Bytes">Bytes of file content written or left as holes.</param>
/// <param name="BytesSkipped">Bytes of file content that were there already, or that stay as they are.</param>
/// <param name="Errors">Entries that could not be restored.</param>
/// <param name="TotalEntries">How many entries there are.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
public readonly record struct RestoreProgress(
    long Entries, long EntriesSkipped, long EntriesDeleted, long Bytes, long BytesSkipped, long Errors, long TotalEntries, long TotalBytes);
