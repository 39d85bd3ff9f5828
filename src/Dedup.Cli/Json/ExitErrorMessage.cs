using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Why a command failed, and its exit code.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Message">What happened, where, and what to do.</param>
internal sealed record ExitErrorMessage(int Code, string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "exit_error";
}
