namespace Dedup.Repairing;

/// <summary>A snapshot with damage, and the one that was made in its stead.</summary>
/// <param name="Original">The damaged snapshot, which is kept.</param>
/// <param name="Replacement">The new one; <see langword="null"/> when nothing was to be written.</param>
/// <param name="DamagedFiles">How many files and other entries lack something.</param>
/// <param name="DamagedDirectories">How many directories lack entries.</param>
/// <param name="LostBytes">How many bytes of files read as zeros instead.</param>
public sealed record RepairedSnapshot(SnapshotId Original, SnapshotId? Replacement, long DamagedFiles, long DamagedDirectories, long LostBytes);
