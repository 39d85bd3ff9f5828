using Dedup.Content;
using Dedup.Sources;
using Dedup.Trees;
using Microsoft.Extensions.Logging;

namespace Dedup.Backup;

/// <summary>
/// Takes what a scan finds of the source, depth first, in step with the parent snapshot. Files that are as they were are taken over; the others are
/// queued; everything that is not a file is done at once.
/// </summary>
/// <param name="context">The backup.</param>
/// <param name="parentTrees">Reads the trees of the parent snapshot.</param>
/// <param name="isParentComplete">Whether all that the parent snapshot refers to is known to be there, so that nobody need look.</param>
/// <param name="logger">Is told what goes wrong with the parent.</param>
internal sealed class TreeWalker(BackupContext context, TreeReader parentTrees, bool isParentComplete, ILogger logger)
{
    private readonly Stack<Frame> _frames = new();

    /// <summary>Is told of each directory that turns out to hold nothing, by its path.</summary>
    public Action<string>? FoundEmpty { get; init; }

    /// <summary>Directories that are left out, each in the one before: they stay open until the scan is done with them.</summary>
    private readonly Stack<ISourceDirectory> _leftOut = new();

    /// <summary>Walks everything.</summary>
    /// <param name="root">The source's root.</param>
    /// <param name="scan">The scan of it.</param>
    /// <param name="parentTree">The root tree of the parent snapshot; zero when there is none.</param>
    /// <returns>The root directory, which is done when all jobs are.</returns>
    public DirectoryBuilder Walk(ISourceDirectory root, SourceScan scan, BlobId parentTree)
    {
        DirectoryBuilder top = DirectoryBuilder.Root(context, root, parentTree);
        Push(top, parentTree);
        foreach (ScanStep step in scan.ReadSteps())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (_leftOut.Count > 0)
            {
                PassOver(step);
            }
            else if (step.IsEnd)
            {
                Frame frame = _frames.Pop();
                if (frame.Next == 0)
                {
                    FoundEmpty?.Invoke(frame.Directory.Path);
                }

                frame.Directory.Close(frame.Next);
                frame.Parent.Dispose();
            }
            else
            {
                context.Backlog.WaitForRoom();
                Frame frame = _frames.Peek();
                Visit(frame, frame.Next++, step);
            }
        }

        return top;
    }

    private void Push(DirectoryBuilder directory, BlobId parentTree) =>
        _frames.Push(new Frame(directory, new ParentCursor(parentTrees, parentTree, logger, context.CancellationToken)));

    private void PassOver(ScanStep step)
    {
        if (step.IsEnd)
        {
            _leftOut.Pop().Dispose();
        }
        else if (step.Source is not null)
        {
            _leftOut.Push(step.Source);
        }
    }

    private void Visit(Frame frame, long place, ScanStep step)
    {
        DirectoryBuilder directory = frame.Directory;
        EntryName name = step.Name;
        Node? previous = frame.Parent.Find(name);
        if (step.Metadata is not { } metadata)
        {
            GiveUp(directory, place, name, step.Failure!);
            return;
        }

        previous = previous?.Metadata.Type == metadata.Type ? previous : null;
        try
        {
            switch (metadata.Type)
            {
                case NodeType.Directory:
                    Enter(directory, place, step, metadata, previous);
                    break;
                case NodeType.File when previous is not null && IsUnmodified(metadata, previous) && IsStored(previous):
                    context.AddFile(directory, name, NodeType.File, isNew: false, isUnmodified: true, metadata.Size);
                    directory.Complete(place, metadata == previous.Metadata ? previous : previous with { Metadata = metadata });
                    break;
                case NodeType.File:
                    context.Queue.Add(new FileJob(directory, place, name, metadata, previous));
                    break;
                default:
                    VisitSpecial(directory, place, step, metadata, previous);
                    break;
            }
        }
        catch (SourceException exception)
        {
            GiveUp(directory, place, name, exception);
        }
    }

    private void GiveUp(DirectoryBuilder directory, long place, EntryName name, SourceException exception)
    {
        context.Report(directory.PathOf(name), exception);
        directory.Complete(place, null);
    }

    private void Enter(DirectoryBuilder directory, long place, ScanStep step, NodeMetadata metadata, Node? previous)
    {
        // Until the directory has a place among the others, what follows of it is left out.
        _leftOut.Push(step.Source!);
        bool areXattrsOld = previous is { Remarks: NodeRemarks.None } && previous.Metadata.ChangedNs == metadata.ChangedNs && AreXattrsStored(previous);
        Node node = new()
        {
            Name = step.Name,
            Metadata = metadata,
            Remarks = BackupContext.RemarksOn(metadata.ChangedNs, step.LookedNs),
            Xattrs = areXattrsOld ? previous!.Xattrs : context.Store(directory.Source.ReadXattrs(step.Name)),
        };
        Push(directory.Child(_leftOut.Pop(), place, node, previous), previous?.Tree ?? default);
    }

    private void VisitSpecial(DirectoryBuilder directory, long place, ScanStep step, NodeMetadata metadata, Node? previous)
    {
        if (previous is { Remarks: NodeRemarks.None } && metadata == previous.Metadata && AreXattrsStored(previous))
        {
            context.AddFile(directory, step.Name, metadata.Type, isNew: false, isUnmodified: true, 0);
            directory.Complete(place, previous);
            return;
        }

        Node node = new()
        {
            Name = step.Name,
            Metadata = metadata,
            Remarks = BackupContext.RemarksOn(metadata.ChangedNs, step.LookedNs),
            LinkTarget = metadata.Type == NodeType.SymbolicLink ? directory.Source.ReadLink(step.Name) : default,
            Xattrs = context.Store(directory.Source.ReadXattrs(step.Name)),
        };
        context.AddFile(directory, step.Name, metadata.Type, isNew: previous is null, isUnmodified: false, 0);
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

    private sealed class Frame(DirectoryBuilder directory, ParentCursor parent)
    {
        public DirectoryBuilder Directory => directory;

        public ParentCursor Parent => parent;

        /// <summary>The place of the next entry.</summary>
        public long Next { get; set; }
    }
}
