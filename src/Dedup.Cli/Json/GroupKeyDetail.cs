namespace Dedup.Cli.Json;

/// <summary>What the snapshots of a group share; empty where they are not grouped by it.</summary>
internal sealed record GroupKeyDetail(string Hostname, IReadOnlyList<string> Paths, IReadOnlyList<string> Tags);
