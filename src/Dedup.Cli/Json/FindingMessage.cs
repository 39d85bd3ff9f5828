using System.Text.Json.Serialization;
using Dedup.Cli.Output;
using Dedup.Maintenance;
using Dedup.Repairing;

namespace Dedup.Cli.Json;

/// <summary>Something that a check or a repair found: a <see cref="ProblemMessage"/> that says more.</summary>
/// <param name="MessageType">error where it is damage, else warning.</param>
/// <param name="Error">What was found.</param>
/// <param name="During">check or repair.</param>
/// <param name="Item">The object.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="IsDamage">Whether it is damage.</param>
/// <param name="SnapshotId">The snapshot by way of which it was found.</param>
/// <param name="Path">The path in the snapshot where it was found.</param>
internal sealed record FindingMessage(
    [property: JsonPropertyOrder(-1)] string MessageType, ProblemDetail Error, string During, string Item,
    string Kind, bool IsDamage, string? SnapshotId, string? Path)
{
    public static FindingMessage From(CheckFinding finding) => new(
        finding.IsDamage ? "error" : "warning",
        new ProblemDetail(finding.Message),
        "check",
        finding.ObjectName,
        KindText.Of(finding.Kind),
        finding.IsDamage,
        finding.Snapshot?.ToString(),
        finding.Path);

    public static FindingMessage From(RepairProblem problem) => new(
        "error",
        new ProblemDetail(problem.Message),
        "repair",
        problem.ObjectName,
        KindText.Of(problem.Kind),
        true,
        problem.Snapshot?.ToString(),
        problem.Path);
}
