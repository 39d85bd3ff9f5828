using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a locking.</summary>
/// <param name="Snapshots">How many snapshots were locked.</param>
/// <param name="Packs">How many packs were locked.</param>
/// <param name="Segments">How many index segments were locked.</param>
/// <param name="LockedUntil">Until when, or longer.</param>
/// <param name="NumProblems">How many problems were told of on standard error.</param>
internal sealed record LockSummaryMessage(long Snapshots, long Packs, long Segments, DateTimeOffset LockedUntil, long NumProblems)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
