namespace Dedup.Cli.Json;

/// <summary>The catalogue of one repository on this machine; <c>size</c> in bytes.</summary>
/// <param name="RepositoryId">The repository's id.</param>
/// <param name="Path">The folder.</param>
/// <param name="Size">The length of the files in the folder.</param>
/// <param name="LastUsed">When it was used last.</param>
internal sealed record CacheDocument(string RepositoryId, string Path, long Size, DateTimeOffset LastUsed);
