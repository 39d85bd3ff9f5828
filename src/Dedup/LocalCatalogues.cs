using Dedup.Catalogue;
using Dedup.Looking;
using Dedup.Native;

namespace Dedup;

/// <summary>
/// The catalogues that this machine keeps of repositories, and beside them what searches have read, and parts of trees and snapshots of
/// repositories that are far away. They are caches: what is deleted is made anew when it is needed.
/// </summary>
public static class LocalCatalogues
{
    private static readonly string[] Logs = [PageLog.FileName, KeptSlots.FileName];

    /// <summary>Lists the catalogues below a folder.</summary>
    /// <param name="cacheDirectory">The folder, as in <see cref="RepositoryOptions.CacheDirectory"/>.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<CatalogueInfo> List(string? cacheDirectory)
    {
        DirectoryInfo directory = new(cacheDirectory ?? RepositoryOptions.DefaultCacheDirectory);
        return directory.Exists ? [.. directory.EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal).Select(Look).OfType<CatalogueInfo>()] : [];
    }

    /// <summary>Deletes a catalogue. Whoever has it open goes on with what is deleted; the empty folder with its lock stays.</summary>
    /// <exception cref="DedupException">It cannot be deleted.</exception>
    public static void Delete(CatalogueInfo catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        CatalogueFolder folder = new(catalogue.Path);
        using FileLock hold = folder.Lock();
        folder.DeleteDatabase();
        folder.DeleteFolder(Repository.MetadataFolder);
        foreach (string log in Logs)
        {
            SealedLog.Delete(catalogue.Path, log);
        }
    }

    private static CatalogueInfo? Look(DirectoryInfo folder)
    {
        DirectoryInfo metadata = new(Path.Combine(folder.FullName, Repository.MetadataFolder));
        FileInfo[] files = [.. folder.GetFiles(CatalogueFolder.DatabaseName + "*"), .. Logs.SelectMany(folder.GetFiles), .. metadata.Exists ? metadata.GetFiles() : []];
        return files.Length == 0 ? null : new CatalogueInfo(folder.Name, folder.FullName, files.Sum(file => file.Length), files.Max(file => file.LastWriteTimeUtc));
    }
}
