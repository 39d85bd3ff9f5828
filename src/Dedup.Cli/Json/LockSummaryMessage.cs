using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a locking.</summary>
internal sealed record LockSummaryMessage(long Snapshots, long Packs, long Segments, DateTimeOffset LockedUntil, long NumProblems)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
