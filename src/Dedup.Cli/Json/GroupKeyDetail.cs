namespace Dedup.Cli.Json;

/// <summary>What the snapshots of a group share; empty where they are not grouped by it.</summary>
/// <param name="Hostname">The host.</param>
/// <param name="Paths">The paths that were backed up.</param>
/// <param name="Tags">The tags.</param>
internal sealed record GroupKeyDetail(string Hostname, IReadOnlyList<string> Paths, IReadOnlyList<string> Tags);
