using Dedup.Filtering;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// What of a snapshot is restored: of the chosen paths, or else of everything, what the user's patterns include, or else all, but for what they exclude.
/// </summary>
internal sealed class RestoreSelection(PathPatterns includes, PathPatterns excludes, PathSet? chosen)
{
    /// <summary>Whether nothing is chosen and there are no patterns.</summary>
    public bool IsEverything => includes.Count == 0 && excludes.Count == 0 && chosen is null;

    /// <summary>What the patterns know at the root of what is restored.</summary>
    public RestoreSelectionState Root { get; } = new(includes.Root, excludes.Root, chosen?.Root);

    /// <summary>Asks about an entry of a directory.</summary>
    /// <param name="directory">The directory's state.</param>
    /// <param name="name">The entry.</param>
    /// <returns>Whether it is restored, and whether anything below it, were it a directory, may be. What is excluded takes all below it along.</returns>
    public (bool IsSelected, bool MayBeBelow) Ask(in RestoreSelectionState directory, EntryName name)
    {
        if (excludes.Count > 0 && excludes.Match(directory.Excludes, name.Bytes).IsMatch)
        {
            return (false, false);
        }

        PathSetNode? node = directory.Chosen?.Find(name);
        (bool isChosen, bool hasBelow) = chosen is null ? (true, true) : (node is { IsMember: true }, node is { HasBelow: true });
        if (includes.Count == 0)
        {
            return (isChosen, hasBelow);
        }

        PathMatch match = includes.Match(directory.Includes, name.Bytes);
        return (match.IsMatch && isChosen, match.MayMatchBelow && hasBelow);
    }

    /// <summary>The state of a subdirectory.</summary>
    public RestoreSelectionState Enter(in RestoreSelectionState directory, EntryName name) => IsEverything
        ? directory
        : new RestoreSelectionState(includes.Enter(directory.Includes, name.Bytes), excludes.Enter(directory.Excludes, name.Bytes), directory.Chosen?.Find(name));
}
