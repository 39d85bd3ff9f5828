using Dedup.Content;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>
/// Tells a directory that was asked for and is empty, though it was not before, from one that always was: a file system that is not mounted
/// leaves such a directory, and a backup of it would look as if everything had been deleted.
/// </summary>
internal sealed class EmptiedSource(IReadOnlyList<string> paths, Snapshot? parent, TreeReader trees, CancellationToken cancellationToken)
{
    /// <summary>Looks at a directory that is empty.</summary>
    /// <exception cref="SourceException">It was asked for, and the parent snapshot has something in it.</exception>
    public void Require(string path)
    {
        if (parent is null || !paths.Contains(path) || !HeldSomething(parent.Tree, path))
        {
            return;
        }

        throw new SourceException(
            path,
            $"is empty, and was not in snapshot {parent.Id.ToShortString()}: see whether its file system is mounted; where it is meant to be empty, allow that (--allow-empty)");
    }

    private bool HeldSomething(BlobId root, string path)
    {
        try
        {
            return TreePath.Find(trees, root, path, cancellationToken) is { } node
                ? node.Metadata.Type == NodeType.Directory && trees.ReadNodes(node.Tree, cancellationToken).Any()
                : trees.ReadNodes(root, cancellationToken).Any();
        }
        catch (PathNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            // There was something, whatever it was.
            return true;
        }
    }
}
