using System.Text;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>
/// What a tree holds, flat: a line for each directory, file, link and extended attribute, by path. Made from a source in memory and
/// from a folder on disk, to be compared.
/// </summary>
public static class RestoredTree
{
    /// <summary>What a source in memory holds.</summary>
    public static SortedDictionary<string, byte[]> Of(MemorySource source)
    {
        SortedDictionary<string, byte[]> tree = new(StringComparer.Ordinal);
        Add(tree, "", source.Root);
        return tree;
    }

    /// <summary>What a folder holds.</summary>
    public static SortedDictionary<string, byte[]> Of(string folder)
    {
        SortedDictionary<string, byte[]> tree = new(StringComparer.Ordinal);
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(folder, entry.FullName);
            tree[path] = entry switch
            {
                { LinkTarget: { } target } => Encoding.UTF8.GetBytes(target),
                FileInfo => File.ReadAllBytes(entry.FullName),
                _ => [],
            };
            if (entry.LinkTarget is null)
            {
                AddXattrs(tree, path, entry.FullName);
            }
        }

        return tree;
    }

    /// <summary>What is in both under one path and differs, or is in the second alone.</summary>
    public static IReadOnlyList<string> Wrong(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual) =>
        [.. actual.Where(pair => !expected.TryGetValue(pair.Key, out byte[]? content) || !content.AsSpan().SequenceEqual(pair.Value)).Select(pair => pair.Key)];

    /// <summary>What is missing from the second.</summary>
    public static IReadOnlyList<string> Missing(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual) =>
        [.. expected.Keys.Where(path => !actual.ContainsKey(path))];

    private static void Add(SortedDictionary<string, byte[]> tree, string prefix, MemoryDirectory directory)
    {
        foreach ((EntryName name, MemoryEntry entry) in directory.Entries)
        {
            string path = prefix + name;
            tree[path] = entry switch
            {
                MemoryFile file => file.Content,
                MemoryLink link => Encoding.UTF8.GetBytes(link.Target),
                _ => [],
            };
            foreach (ExtendedAttribute xattr in entry.Xattrs)
            {
                tree[$"{path}@{Encoding.UTF8.GetString(xattr.Name)}"] = xattr.Value;
            }

            if (entry is MemoryDirectory below)
            {
                Add(tree, path + "/", below);
            }
        }
    }

    private static void AddXattrs(SortedDictionary<string, byte[]> tree, string path, string fullPath)
    {
        using PosixHandle handle = Posix.OpenPath(Encoding.UTF8.GetBytes(fullPath), PosixOpenFlags.ReadOnly, out int error)
            ?? throw new IOException($"{fullPath}: {PosixErrno.Describe(error)}");
        byte[] names = new byte[4096];
        int length = Posix.ListXattrs(handle, [], names);
        foreach (string name in Encoding.UTF8.GetString(names, 0, Math.Max(length, 0)).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] value = new byte[65536];
            tree[$"{path}@{name}"] = value[..Posix.GetXattr(handle, [], Encoding.UTF8.GetBytes(name), value)];
        }
    }
}
