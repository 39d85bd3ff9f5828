namespace Dedup.Cli.Json;

/// <summary>Something wrong with the evidence.</summary>
/// <param name="Kind">What sort of thing: damaged, missing, broken_link, truncated, replaced, foreign or unrecorded.</param>
/// <param name="ObjectName">The object, or the line of an export.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record EvidenceFindingDetail(string Kind, string ObjectName, string Message);
