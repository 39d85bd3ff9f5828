namespace Dedup.Trees;

/// <summary>An entry of a snapshot with the path that leads to it.</summary>
/// <param name="Directory">The names from the root down to the directory it lies in.</param>
/// <param name="Node">The entry.</param>
public sealed record TreeEntry(IReadOnlyList<EntryName> Directory, Node Node)
{
    /// <summary>The path for people, from the root.</summary>
    public string Path => "/" + string.Join('/', Directory.Append(Node.Name));
}
