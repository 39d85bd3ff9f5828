using Dedup.Repairing;

namespace Dedup.Cli.Json;

/// <summary>A damaged snapshot and the new one, which is missing in a dry run.</summary>
internal sealed record RepairedSnapshotDetail(string Original, string? SnapshotId, long DamagedFiles, long DamagedDirs, long LostBytes)
{
    public static RepairedSnapshotDetail From(RepairedSnapshot repaired) => new(
        repaired.Original.ToString(), repaired.Replacement?.ToString(), repaired.DamagedFiles, repaired.DamagedDirectories, repaired.LostBytes);
}
