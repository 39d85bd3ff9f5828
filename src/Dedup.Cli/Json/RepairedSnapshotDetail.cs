using Dedup.Repairing;

namespace Dedup.Cli.Json;

/// <summary>A damaged snapshot and the new one, which is missing in a dry run.</summary>
/// <param name="Original">The id of the snapshot.</param>
/// <param name="SnapshotId">The id of the new snapshot; left out in a dry run.</param>
/// <param name="DamagedFiles">Files that lack something.</param>
/// <param name="DamagedDirs">Directories that lack something.</param>
/// <param name="LostBytes">How many bytes of files are lost.</param>
internal sealed record RepairedSnapshotDetail(string Original, string? SnapshotId, long DamagedFiles, long DamagedDirs, long LostBytes)
{
    public static RepairedSnapshotDetail From(RepairedSnapshot repaired) => new(
        repaired.Original.ToString(), repaired.Replacement?.ToString(), repaired.DamagedFiles, repaired.DamagedDirectories, repaired.LostBytes);
}
