namespace Dedup.Cli.Json;

/// <summary>What happened.</summary>
/// <param name="Message">What happened, where, and what to do.</param>
internal sealed record ProblemDetail(string Message);
