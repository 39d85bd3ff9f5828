namespace Dedup.FormatReader;

/// <summary>A repository on a file system (section 3).</summary>
public static class RepositoryFolder
{
    /// <summary>All its objects, by name.</summary>
    public static Dictionary<string, byte[]> Load(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Name: Path.GetRelativePath(folder, file), File: file))
        .Where(item => !item.Name.StartsWith("tmp/", StringComparison.Ordinal))
        .ToDictionary(item => item.Name, item => File.ReadAllBytes(item.File));
}
