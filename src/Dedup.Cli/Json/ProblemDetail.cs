namespace Dedup.Cli.Json;

/// <summary>What happened.</summary>
internal sealed record ProblemDetail(string Message);
