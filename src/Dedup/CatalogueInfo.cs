namespace Dedup;

/// <summary>A catalogue that this machine keeps of a repository.</summary>
/// <param name="RepositoryId">The repository: the name of the folder.</param>
/// <param name="Path">The folder.</param>
/// <param name="Length">The length of its files in bytes.</param>
/// <param name="LastUsed">When one of them was last written.</param>
public sealed record CatalogueInfo(string RepositoryId, string Path, long Length, DateTimeOffset LastUsed);
