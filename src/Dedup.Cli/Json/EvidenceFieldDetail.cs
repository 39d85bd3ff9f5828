namespace Dedup.Cli.Json;

/// <summary>A detail of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What the value is: text, number, time, duration (in seconds) or flag.</param>
/// <param name="Value">The value as text.</param>
internal sealed record EvidenceFieldDetail(string Name, string Kind, string Value);
