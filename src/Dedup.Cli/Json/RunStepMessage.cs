using System.Text.Json.Serialization;
using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>A step of a run that has ended.</summary>
/// <param name="Step">What it did: <c>backup</c>, <c>hook</c>, <c>forget</c>, <c>replicate</c>, <c>prune</c>, <c>check</c> or <c>notify</c>.</param>
/// <param name="Subject">The source, the repository, or REPOSITORY/REPLICA.</param>
/// <param name="Outcome"><c>done</c>, <c>warning</c> or <c>failed</c>.</param>
/// <param name="Message">What it did, or why it failed.</param>
internal sealed record RunStepMessage(string Step, string Subject, string Outcome, string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "step";

    public static RunStepMessage From(RunStep step) =>
        new(step.Kind.ToString().ToLowerInvariant(), step.Subject, step.Outcome.ToString().ToLowerInvariant(), step.Message);
}
