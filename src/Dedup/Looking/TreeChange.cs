using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>An entry that differs between two snapshots.</summary>
/// <param name="Kinds">How it differs.</param>
/// <param name="Directory">The names from the root, or from the directories that were compared, down to the one it lies in.</param>
/// <param name="Source">The entry in the first snapshot; <see langword="null"/> where there is none.</param>
/// <param name="Target">The entry in the second; <see langword="null"/> where there is none.</param>
public sealed record TreeChange(TreeChangeKinds Kinds, IReadOnlyList<EntryName> Directory, Node? Source, Node? Target)
{
    /// <summary>The path for people; that of a directory ends in a slash.</summary>
    public string Path => new TreeEntry(Directory, (Target ?? Source)!).Path + ((Target ?? Source)!.Metadata.Type == NodeType.Directory ? "/" : "");
}
