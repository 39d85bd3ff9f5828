using System.Text;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>Finds entries of a snapshot by their paths.</summary>
internal static class TreePath
{
    /// <summary>The names of a path; empty for the root.</summary>
    /// <exception cref="PathNotFoundException">The path cannot name anything.</exception>
    public static EntryName[] Parse(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(parts, part => EntryName.IsValid(Encoding.UTF8.GetBytes(part))
            ? EntryName.FromText(part)
            : throw new PathNotFoundException(path, $"'{part}' cannot be the name of an entry"));
    }

    /// <summary>Finds the entry at a path.</summary>
    /// <returns><see langword="null"/> for the root, which is no entry.</returns>
    /// <exception cref="PathNotFoundException">There is none.</exception>
    public static Node? Find(TreeReader trees, BlobId root, string path, CancellationToken cancellationToken)
    {
        Node? found = null;
        foreach (EntryName name in Parse(path))
        {
            if (found is not null && found.Metadata.Type != NodeType.Directory)
            {
                throw new PathNotFoundException(path, $"'{found.Name}' is not a directory in this snapshot");
            }

            found = trees.Find(found?.Tree ?? root, name, cancellationToken)
                ?? throw new PathNotFoundException(path, $"the snapshot has no '{name}' there; run 'ls' to see what it has");
        }

        return found;
    }
}
