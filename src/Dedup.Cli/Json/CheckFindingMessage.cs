using System.Text.Json.Serialization;
using Dedup.Cli.Output;
using Dedup.Maintenance;

namespace Dedup.Cli.Json;

/// <summary>Something that a check found: a <see cref="ProblemMessage"/> that says more.</summary>
internal sealed record CheckFindingMessage(
    [property: JsonPropertyOrder(-1)] string MessageType, ProblemDetail Error, string During, string Item,
    string Kind, bool IsDamage, string? SnapshotId, string? Path)
{
    public static CheckFindingMessage From(CheckFinding finding) => new(
        finding.IsDamage ? "error" : "warning",
        new ProblemDetail(finding.Message),
        "check",
        finding.ObjectName,
        KindText.Of(finding.Kind),
        finding.IsDamage,
        finding.Snapshot?.ToString(),
        finding.Path);
}
