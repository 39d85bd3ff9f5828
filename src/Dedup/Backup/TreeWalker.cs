using Dedup.Content;
using Dedup.Sources;
using Dedup.Trees;
using Microsoft.Extensions.Logging;

namespace Dedup.Backup;

/// <summary>
/// Walks the source, depth first, in step with the parent snapshot. Files that are as they were are taken over; the others are
/// queued; everything that is not a file is done at once.
/// </summary>
/// <param name="context">The backup.</param>
/// <param name="parentTrees">Reads the trees of the parent snapshot.</param>
/// <param name="isParentComplete">Whether all that the parent snapshot refers to is known to be there, so that nobody need look.</param>
/// <param name="logger">Is told what goes wrong with the parent.</param>
internal sealed class TreeWalker(BackupContext context, TreeReader parentTrees, bool isParentComplete, ILogger logger)
{
    private readonly Stack<Frame> _frames = new();

    /// <summary>Walks everything.</summary>
    /// <param name="root">The source's root.</param>
    /// <param name="parentTree">The root tree of the parent snapshot; zero when there is none.</param>
    /// <returns>The root directory, which is done when all jobs are.</returns>
    /// <exception cref="SourceException">The root cannot be listed.</exception>
    public DirectoryBuilder Walk(ISourceDirectory root, BlobId parentTree)
    {
        DirectoryBuilder top = DirectoryBuilder.Root(context, root, parentTree);
        Push(top, root.ReadNames(), parentTree);
        while (_frames.TryPeek(out Frame? frame))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (frame.Next < frame.Names.Count)
            {
                context.Backlog.WaitForRoom();
                Visit(frame, frame.Next++);
                continue;
            }

            frame.Directory.Close(frame.Names.Count);
            frame.Parent.Dispose();
            _frames.Pop();
        }

        return top;
    }

    private void Push(DirectoryBuilder directory, IReadOnlyList<EntryName> names, BlobId parentTree) =>
        _frames.Push(new Frame(directory, names, new ParentCursor(parentTrees, parentTree, logger, context.CancellationToken)));

    private void Visit(Frame frame, int place)
    {
        DirectoryBuilder directory = frame.Directory;
        EntryName name = frame.Names[place];
        Node? previous = frame.Parent.Find(name);
        try
        {
            NodeMetadata metadata = directory.Source.Stat(name);
            previous = previous?.Metadata.Type == metadata.Type ? previous : null;
            switch (metadata.Type)
            {
                case NodeType.Directory:
                    Enter(directory, place, name, metadata, previous);
                    break;
                case NodeType.File when previous is not null && IsUnmodified(metadata, previous) && IsStored(previous):
                    context.Counters.AddFile(isNew: false, isUnmodified: true, metadata.Size);
                    directory.Complete(place, metadata == previous.Metadata ? previous : previous with { Metadata = metadata });
                    break;
                case NodeType.File:
                    context.Queue.Add(new FileJob(directory, place, name, metadata, previous));
                    break;
                default:
                    VisitSpecial(directory, place, name, metadata, previous);
                    break;
            }
        }
        catch (SourceException exception)
        {
            context.Report(directory.PathOf(name), exception);
            directory.Complete(place, null);
        }
    }

    private void Enter(DirectoryBuilder directory, int place, EntryName name, NodeMetadata metadata, Node? previous)
    {
        long openedNs = context.NowNs;
        ISourceDirectory source = directory.Source.OpenDirectory(name);
        IReadOnlyList<EntryName> names;
        Node node;
        bool isOpen = false;
        try
        {
            names = source.ReadNames();
            bool areXattrsOld = previous is { Remarks: NodeRemarks.None } && previous.Metadata.ChangedNs == metadata.ChangedNs && AreXattrsStored(previous);
            node = new Node
            {
                Name = name,
                Metadata = metadata,
                Remarks = BackupContext.RemarksOn(metadata.ChangedNs, openedNs),
                Xattrs = areXattrsOld ? previous!.Xattrs : context.Store(directory.Source.ReadXattrs(name)),
            };
            isOpen = true;
        }
        finally
        {
            if (!isOpen)
            {
                source.Dispose();
            }
        }

        Push(directory.Child(source, place, node, previous), names, previous?.Tree ?? default);
    }

    private void VisitSpecial(DirectoryBuilder directory, int place, EntryName name, NodeMetadata metadata, Node? previous)
    {
        if (previous is { Remarks: NodeRemarks.None } && metadata == previous.Metadata && AreXattrsStored(previous))
        {
            context.Counters.AddFile(isNew: false, isUnmodified: true, 0);
            directory.Complete(place, previous);
            return;
        }

        long lookedNs = context.NowNs;
        Node node = new()
        {
            Name = name,
            Metadata = metadata,
            Remarks = BackupContext.RemarksOn(metadata.ChangedNs, lookedNs),
            LinkTarget = metadata.Type == NodeType.SymbolicLink ? directory.Source.ReadLink(name) : default,
            Xattrs = context.Store(directory.Source.ReadXattrs(name)),
        };
        context.Counters.AddFile(isNew: previous is null, isUnmodified: false, 0);
        directory.Complete(place, node);
    }

    /// <summary>Whether a file is what it was: nobody can change it without one of these telling.</summary>
    private static bool IsUnmodified(NodeMetadata now, Node previous) =>
        previous.Remarks == NodeRemarks.None
        && now.Size == previous.Metadata.Size
        && now.ModifiedNs == previous.Metadata.ModifiedNs
        && now.ChangedNs == previous.Metadata.ChangedNs
        && now.Inode == previous.Metadata.Inode;

    /// <summary>Whether all that a node of the parent refers to is still in the repository.</summary>
    private bool IsStored(Node node)
    {
        if (isParentComplete)
        {
            return true;
        }

        if (!AreXattrsStored(node))
        {
            return false;
        }

        try
        {
            bool arePagesKnown = true;
            return parentTrees.ReadExtents(node, context.CancellationToken, page => arePagesKnown &= context.Writer.IsKnown(page))
                .All(extent => arePagesKnown && (extent.IsHole || context.Writer.IsKnown(extent.Blob)));
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            return false;
        }
    }

    private bool AreXattrsStored(Node node) =>
        isParentComplete || node.Xattrs.All(xattr => xattr.Value is not null || context.Writer.IsKnown(xattr.Blob));

    private sealed class Frame(DirectoryBuilder directory, IReadOnlyList<EntryName> names, ParentCursor parent)
    {
        public DirectoryBuilder Directory => directory;

        public IReadOnlyList<EntryName> Names => names;

        public ParentCursor Parent => parent;

        public int Next { get; set; }
    }
}
