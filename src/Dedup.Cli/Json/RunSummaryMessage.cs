using System.Text.Json.Serialization;
using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>What a run did.</summary>
/// <param name="Steps">How many steps it had.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Missed">How many runs of sources were missed before it.</param>
internal sealed record RunSummaryMessage(int Steps, int Failed, int Missed)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static RunSummaryMessage From(RunReport report) =>
        new(report.Steps.Count, report.Steps.Count(static step => step.Outcome == StepOutcome.Failed), report.Missed.Values.Sum());
}
