using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// Walks the tree of a snapshot, makes directories and what has no content, and passes on the pieces of files in batches large
/// enough to be arranged by where they lie. Where files are there already, it passes on only what differs.
/// </summary>
internal sealed class RestoreWalker(
    RestoreContext context, TreeReader trees, CatalogueDatabase catalogue, HardLinks links, TargetPlanner planner, ContentComparer comparer,
    StrayRemover? strays, Action<RestorePiece[]> pass)
    : RestoreWalk<RestoreDirectory>(context, trees)
{
    /// <summary>A batch is passed on at so many pieces or files: it bounds memory and open directories.</summary>
    private const int MaxPieces = 16384, MaxFiles = 4096;

    private readonly List<WantedPiece<WrittenFile>> _wanted = [];
    private readonly List<WantedPiece<WrittenFile>> _compared = [];
    private int _files;

    /// <summary>Restores some nodes, and what lies below them, into a directory.</summary>
    public void Walk(RestoreDirectory root, IEnumerable<Node> nodes)
    {
        WalkAll(root, nodes);
        PassOn();
    }

    /// <summary>Restores one file's content to where the caller says.</summary>
    public void WalkContent(WrittenFile file, Node node)
    {
        PlanFile(file, node);
        PassOn();
    }

    protected override void Visit(RestoreDirectory directory, Node node)
    {
        (bool isSelected, bool mayBeBelow) = Context.Selection.Ask(directory.Selection, node.Name);
        if (!isSelected && !(mayBeBelow && node.Metadata.Type == NodeType.Directory))
        {
            return;
        }

        try
        {
            if (isSelected)
            {
                Context.NoteSelected(node);
            }

            if (links.TryDefer(directory, node))
            {
                return;
            }

            if (node.Remarks.HasFlag(NodeRemarks.Damaged))
            {
                Context.AddProblem(new RestoreProblem(
                    directory.PathOf(node.Name), "was damaged in the repository and repaired with what was left: content is missing", ProblemSeverity.Warning));
            }

            if (node.Metadata.Type == NodeType.Directory)
            {
                EnterDirectory(directory, node, isSelected);
                return;
            }

            TargetDirectory target = directory.Open();
            TargetPlan plan = planner.Plan(directory, target, node, out PosixStatus there);
            if (plan == TargetPlan.Leave)
            {
                if (!OverwriteRule.LooksSame(node.Metadata, there))
                {
                    links.Forget(node);
                }

                Context.AddSkippedBytes(node.Metadata.Size);
                Context.AddDone(RestoreActionKind.Left, directory, node);
            }
            else if (node.Metadata.Type == NodeType.File && plan != TargetPlan.Keep)
            {
                RestoreFile file = new(Context, directory, node, plan, there);
                Note(file.WrittenAs);
                PlanFile(file, node);
            }
            else
            {
                Make(target, node, plan);
                Context.AddProblems(target.ApplyMetadata(node.Name, node.Metadata, Context.ReadXattrs(node), isAsItWas: plan == TargetPlan.Keep));
                Context.AddSkippedBytes(node.Metadata.Size);
                Context.AddDone(plan == TargetPlan.Keep ? RestoreActionKind.Unchanged : RestoreActionKind.Restored, directory, node);
            }
        }
        catch (RestoreException exception)
        {
            Context.AddFailure(new RestoreProblem(exception.Path, exception.Reason, ProblemSeverity.Error));
        }
    }

    protected override void Leave(RestoreDirectory directory, IReadOnlySet<EntryName>? names)
    {
        if (names is not null && directory is { IsOpen: true, Scope.IsWhole: true, Target.IsNew: false })
        {
            strays?.RemoveOthers(directory.Target, directory.Selection, names);
        }

        directory.Release();
    }

    protected override string PathOf(RestoreDirectory directory) => directory.Path;

    private static void Make(TargetDirectory target, Node node, TargetPlan plan)
    {
        if (plan == TargetPlan.Keep)
        {
            return;
        }

        if (node.Metadata.Type == NodeType.SymbolicLink)
        {
            target.CreateSymbolicLink(node.Name, node.LinkTarget.Span);
        }
        else
        {
            target.CreateSpecial(node.Name, node.Metadata);
        }
    }

    // One that is only on the way to what is restored is made when something in it is, and opened when something in it may have to go.
    private void EnterDirectory(RestoreDirectory directory, Node node, bool isSelected)
    {
        RestoreDirectory child = new(Context, directory, node, isSelected);
        try
        {
            if (isSelected || (strays is not null && directory.IsOpen && directory.Target.HasDirectory(node.Name)))
            {
                child.Open();
            }

            Enter(child, node);
        }
        catch (RestoreException)
        {
            child.Release();
            throw;
        }
    }

    private void PlanFile(WrittenFile file, Node node)
    {
        try
        {
            long offset = 0;
            foreach (Extent extent in Trees.ReadExtents(node, Context.CancellationToken))
            {
                if (!extent.IsHole || file.IsCompared)
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

    private void PlanPiece(WrittenFile file, long offset, Extent extent)
    {
        file.AddPiece();
        (file.IsCompared ? _compared : _wanted).Add(new WantedPiece<WrittenFile>(file, offset, extent));
        if (_wanted.Count + _compared.Count >= MaxPieces)
        {
            PassOn();
        }
    }

    private void PassOn()
    {
        if (_compared.Count > 0)
        {
            _wanted.AddRange(comparer.FindDifferent(_compared));
            _compared.Clear();
        }

        BlobId[] blobs = [.. _wanted.Select(piece => piece.Extent.Blob)];
        BlobLocation?[] locations = catalogue.FindEach(blobs);
        List<RestorePiece> pieces = new(blobs.Length);
        for (int i = 0; i < blobs.Length; i++)
        {
            (WrittenFile file, long offset, Extent extent) = _wanted[i];
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
