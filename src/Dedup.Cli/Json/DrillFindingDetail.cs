namespace Dedup.Cli.Json;

/// <summary>Something that a drill found.</summary>
/// <param name="Phase">In which part of it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="IsError">Whether the drill failed by it.</param>
internal sealed record DrillFindingDetail(string Phase, string Subject, string Message, bool IsError);
