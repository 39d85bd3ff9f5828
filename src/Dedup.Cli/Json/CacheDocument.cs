namespace Dedup.Cli.Json;

/// <summary>The catalogue of one repository on this machine; <c>size</c> in bytes.</summary>
internal sealed record CacheDocument(string RepositoryId, string Path, long Size, DateTimeOffset LastUsed);
