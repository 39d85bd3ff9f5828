using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Tests.Sources;

/// <summary>Opens directories of a source by path.</summary>
internal static class SourcePaths
{
    /// <summary>Opens the directory at an absolute path of the source.</summary>
    public static ISourceDirectory Open(this IBackupSource source, string path)
    {
        ISourceDirectory current = source.OpenRoot();
        foreach (string component in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            ISourceDirectory next = current.OpenDirectory(EntryName.FromText(component));
            current.Dispose();
            current = next;
        }

        return current;
    }
}
