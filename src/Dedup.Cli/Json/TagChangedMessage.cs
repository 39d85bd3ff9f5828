using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>A snapshot that got other tags, with restic's field names.</summary>
/// <param name="OldSnapshotId">The id until now.</param>
/// <param name="NewSnapshotId">The id from now on.</param>
internal sealed record TagChangedMessage(string OldSnapshotId, string NewSnapshotId)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "changed";
}
