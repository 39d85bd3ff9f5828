using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// Files with several names. The first that the walk meets is restored; the others become links to it when everything else is done.
/// </summary>
internal sealed class HardLinks(RestoreContext context, TargetDirectory root)
{
    private readonly Dictionary<LinkIdentity, (RestoreDirectory Directory, EntryName Name)> _first = [];
    private readonly List<(RestoreDirectory Directory, Node Node)> _others = [];

    /// <summary>Whether a node is another name of one met before; it is then noted for later.</summary>
    public bool TryDefer(RestoreDirectory directory, Node node)
    {
        if (node.Metadata.LinkCount < 2 || node.Metadata.Type == NodeType.Directory)
        {
            return false;
        }

        if (_first.TryAdd(LinkIdentity.Of(node), (directory, node.Name)))
        {
            return false;
        }

        _others.Add((directory, node));
        return true;
    }

    /// <summary>Notes that what was to be the first name is not restored: the next one is the first then.</summary>
    public void Forget(Node node) => _first.Remove(LinkIdentity.Of(node));

    /// <summary>Makes the links. The directories they lie in have been finished and closed; they are finished once more.</summary>
    public void MakeAll()
    {
        foreach (IGrouping<RestoreDirectory, (RestoreDirectory Directory, Node Node)> group in _others.GroupBy(link => link.Directory))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            bool isChanged = false;
            using DirectoryChain directory = DirectoryChain.Open(root, group.Key);
            foreach ((_, Node node) in group)
            {
                isChanged |= Make(group.Key, directory.Target, node);
            }

            if (isChanged && group.Key.Node is { } own)
            {
                context.AddProblems(directory.Target.ApplyMetadata(own.Metadata, context.ReadXattrs(own)));
            }
        }
    }

    /// <returns>Whether the link was made.</returns>
    private bool Make(RestoreDirectory parent, TargetDirectory target, Node node)
    {
        string path = parent.PathOf(node.Name);
        try
        {
            (RestoreDirectory existing, EntryName name) = _first[LinkIdentity.Of(node)];
            if (context.IsNotAsInSnapshot(existing.PathOf(name)))
            {
                throw new RestoreException(path, $"is another name of {existing.PathOf(name)}, which could not be restored");
            }

            using DirectoryChain chain = DirectoryChain.Open(root, existing);
            if (target.TryLook(node.Name, out PosixStatus there))
            {
                if (chain.Target.TryLook(name, out PosixStatus first) && (first.Inode, first.Device) == (there.Inode, there.Device))
                {
                    context.AddDone(RestoreActionKind.Unchanged, parent, node);
                    return false;
                }

                if (!OverwriteRule.MayOverwrite(context.Options.Overwrite, node, there))
                {
                    context.AddDone(RestoreActionKind.Left, parent, node);
                    return false;
                }
            }

            target.CreateHardLink(node.Name, chain.Target, name);
            context.AddDone(RestoreActionKind.Restored, parent, node);
            return true;
        }
        catch (RestoreException exception)
        {
            context.AddFailure(new RestoreProblem(path, exception.Reason, ProblemSeverity.Error));
            return false;
        }
    }
}
