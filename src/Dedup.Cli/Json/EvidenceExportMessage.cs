using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>What was exported.</summary>
/// <param name="Records">How many records.</param>
/// <param name="PublicKey">The key that they are signed with.</param>
/// <param name="File">Where they are.</param>
internal sealed record EvidenceExportMessage(long Records, string PublicKey, string File)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "evidence_export";
}
