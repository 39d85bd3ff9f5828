using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// Files with several names. The first that the walk meets is restored; the others become links to it when everything else is done.
/// </summary>
internal sealed class HardLinks(RestoreContext context, TargetDirectory root)
{
    private readonly Dictionary<(ulong Device, ulong Inode), (RestoreDirectory Directory, EntryName Name)> _first = [];
    private readonly List<(RestoreDirectory Directory, Node Node)> _others = [];

    /// <summary>Whether a node is another name of one met before; it is then noted for later.</summary>
    public bool TryDefer(RestoreDirectory directory, Node node)
    {
        if (node.Metadata.LinkCount < 2 || node.Metadata.Type == NodeType.Directory)
        {
            return false;
        }

        if (_first.TryAdd((node.Metadata.LinkDevice, node.Metadata.Inode), (directory, node.Name)))
        {
            return false;
        }

        _others.Add((directory, node));
        return true;
    }

    /// <summary>Makes the links. The directories they lie in have been finished and closed; they are finished once more.</summary>
    public void MakeAll()
    {
        foreach (IGrouping<RestoreDirectory, (RestoreDirectory Directory, Node Node)> group in _others.GroupBy(link => link.Directory))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            using DirectoryChain directory = DirectoryChain.Open(root, group.Key);
            foreach ((_, Node node) in group)
            {
                Make(directory.Target, node);
            }

            if (group.Key.Node is { } own)
            {
                context.AddProblems(directory.Target.ApplyMetadata(own.Metadata, context.ReadXattrs(own)));
            }
        }
    }

    private void Make(TargetDirectory directory, Node node)
    {
        (RestoreDirectory existing, EntryName name) = _first[(node.Metadata.LinkDevice, node.Metadata.Inode)];
        try
        {
            using DirectoryChain chain = DirectoryChain.Open(root, existing);
            directory.CreateHardLink(node.Name, chain.Target, name);
            context.AddDone();
        }
        catch (RestoreException exception)
        {
            context.AddProblem(new RestoreProblem(directory.PathOf(node.Name), exception.Reason, ProblemSeverity.Error));
        }
    }
}
