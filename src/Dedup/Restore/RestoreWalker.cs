using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// Walks the tree of a snapshot, makes directories and what has no content, and passes on the pieces of files in batches large
/// enough to be arranged by where they lie.
/// </summary>
internal sealed class RestoreWalker(RestoreContext context, TreeReader trees, CatalogueDatabase catalogue, HardLinks links, Action<RestorePiece[]> pass)
{
    /// <summary>A batch is passed on at so many pieces or files: it bounds memory and open directories.</summary>
    private const int MaxPieces = 16384, MaxFiles = 4096;

    private readonly Stack<(RestoreDirectory Directory, IEnumerator<Node> Nodes)> _open = new();
    private readonly List<(RestoreFile File, long Offset, Extent Extent)> _wanted = [];
    private int _files;

    /// <summary>Restores some nodes, and what lies below them, into a directory.</summary>
    public void Walk(RestoreDirectory root, IEnumerable<Node> nodes)
    {
        _open.Push((root, nodes.GetEnumerator()));
        while (_open.TryPeek(out (RestoreDirectory Directory, IEnumerator<Node> Nodes) top))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (TryMoveNext(top.Directory, top.Nodes))
            {
                Visit(top.Directory, top.Nodes.Current);
                continue;
            }

            top.Nodes.Dispose();
            _open.Pop();
            top.Directory.Release();
        }

        PassOn();
    }

    private bool TryMoveNext(RestoreDirectory directory, IEnumerator<Node> nodes)
    {
        try
        {
            return nodes.MoveNext();
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            string path = directory is { Node: { } node, Parent: { } parent } ? parent.Target.PathOf(node.Name) : "/";
            context.AddProblem(new RestoreProblem(path, $"the directory cannot be read: {exception.Message}", ProblemSeverity.Error));
            return false;
        }
    }

    private void Visit(RestoreDirectory directory, Node node)
    {
        try
        {
            if (links.TryDefer(directory, node))
            {
                return;
            }

            if (node.Remarks.HasFlag(NodeRemarks.Damaged))
            {
                context.AddProblem(new RestoreProblem(
                    directory.Target.PathOf(node.Name), "was damaged in the repository and repaired with what was left: content is missing", ProblemSeverity.Warning));
            }

            switch (node.Metadata.Type)
            {
                case NodeType.Directory:
                    Enter(directory, node);
                    return;
                case NodeType.File:
                    PlanFile(new RestoreFile(context, directory, node), node);
                    return;
                case NodeType.SymbolicLink:
                    directory.Target.CreateSymbolicLink(node.Name, node.LinkTarget.Span);
                    break;
                default:
                    directory.Target.CreateSpecial(node.Name, node.Metadata);
                    break;
            }

            context.AddProblems(directory.Target.ApplyMetadata(node.Name, node.Metadata, context.ReadXattrs(node)));
            context.AddDone();
        }
        catch (RestoreException exception)
        {
            context.AddProblem(new RestoreProblem(exception.Path, exception.Reason, ProblemSeverity.Error));
        }
    }

    private void Enter(RestoreDirectory directory, Node node)
    {
        if (_open.Count >= Limits.MaxDepth)
        {
            throw new RestoreException(directory.Target.PathOf(node.Name), "directories nest deeper than is possible");
        }

        TargetDirectory target = directory.Target.OpenOrCreateDirectory(node.Name);
        directory.AddHolder();
        RestoreDirectory child = new(context, directory, target, node);
        _open.Push((child, trees.ReadNodes(node.Tree, context.CancellationToken).GetEnumerator()));
    }

    private void PlanFile(RestoreFile file, Node node)
    {
        try
        {
            long offset = 0;
            foreach (Extent extent in trees.ReadExtents(node, context.CancellationToken))
            {
                if (!extent.IsHole)
                {
                    PlanPiece(file, offset, extent);
                }

                offset += extent.Length;
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            file.AddPiece();
            file.FailPiece($"its list of chunks cannot be read: {exception.Message}");
        }

        file.Close();
        if (++_files >= MaxFiles)
        {
            PassOn();
        }
    }

    private void PlanPiece(RestoreFile file, long offset, Extent extent)
    {
        file.AddPiece();
        _wanted.Add((file, offset, extent));
        if (_wanted.Count >= MaxPieces)
        {
            PassOn();
        }
    }

    private void PassOn()
    {
        BlobId[] blobs = [.. _wanted.Select(piece => piece.Extent.Blob)];
        BlobLocation?[] locations = catalogue.FindEach(blobs);
        List<RestorePiece> pieces = new(blobs.Length);
        for (int i = 0; i < blobs.Length; i++)
        {
            (RestoreFile file, long offset, Extent extent) = _wanted[i];
            if (locations[i] is not { } location)
            {
                catalogue.RequireNew(extent.Blob);
                file.FailPiece(new BlobMissingException(extent.Blob).Message);
            }
            else if (location.Entry.PlainLength != extent.Length)
            {
                file.FailPiece($"blob {extent.Blob} is {location.Entry.PlainLength} bytes long where {extent.Length} are due");
            }
            else
            {
                pieces.Add(new RestorePiece(file, offset, location));
            }
        }

        _wanted.Clear();
        _files = 0;
        pass([.. pieces]);
    }
}
