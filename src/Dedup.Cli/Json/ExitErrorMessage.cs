using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Why a command failed, and its exit code.</summary>
internal sealed record ExitErrorMessage(int Code, string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "exit_error";
}
