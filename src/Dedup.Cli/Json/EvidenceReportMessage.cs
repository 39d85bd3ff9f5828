using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>What was reported.</summary>
/// <param name="Records">How many records the report was made of.</param>
/// <param name="Intact">Whether the evidence is intact.</param>
/// <param name="Format">html, json or csv.</param>
/// <param name="File">Where it is.</param>
internal sealed record EvidenceReportMessage(int Records, bool Intact, string Format, string File)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "evidence_report";
}
