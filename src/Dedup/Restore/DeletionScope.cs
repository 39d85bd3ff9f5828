using System.Text;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// How much of a directory a snapshot knows. Of what it was made of it knows everything; of the directories that lead there only
/// the next step: what else lies in them was never looked at, and its absence from the snapshot says nothing.
/// </summary>
internal sealed class DeletionScope
{
    private static readonly DeletionScope Whole = new([], 0) { IsWhole = true };

    private readonly IReadOnlyList<EntryName[]> _paths;
    private readonly int _depth;

    private DeletionScope(IReadOnlyList<EntryName[]> paths, int depth)
    {
        _paths = paths;
        _depth = depth;
    }

    /// <summary>Whether the snapshot holds all that was in the directory.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>The scope of a snapshot's root.</summary>
    /// <param name="paths">The absolute paths that were backed up. One that cannot be a path, such as of a stream, is passed over: nothing is deleted for it.</param>
    public static DeletionScope Of(IEnumerable<string> paths)
    {
        EntryName[][] parsed = [.. paths.Where(IsPath).Select(TreePath.Parse)];
        return parsed.Any(static path => path.Length == 0) ? Whole : new DeletionScope(parsed, 0);
    }

    /// <summary>The scope of a directory in one of this scope.</summary>
    public DeletionScope Enter(EntryName name)
    {
        if (IsWhole)
        {
            return this;
        }

        EntryName[][] below = [.. _paths.Where(path => path.Length > _depth && path[_depth] == name)];
        return below.Any(path => path.Length == _depth + 1) ? Whole : new DeletionScope(below, _depth + 1);
    }

    private static bool IsPath(string path) => path.StartsWith('/')
        && path.Split('/', StringSplitOptions.RemoveEmptyEntries).All(static name => EntryName.IsValid(Encoding.UTF8.GetBytes(name)));
}
