using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Reads restored files back, from the disk where the file system heeds that, and compares them with the snapshot.</summary>
internal sealed class RestoreVerifier(RestoreContext context, TreeReader trees, ContentComparer comparer) : RestoreWalk<RestoreDirectory>(context, trees)
{
    private const int MaxPieces = 16384, MaxFiles = 4096;

    private readonly List<WantedPiece<VerifiedFile>> _pieces = [];
    private readonly List<(VerifiedFile File, RestoreDirectory Directory)> _files = [];

    /// <summary>Verifies all files among some nodes and below them that were restored.</summary>
    public void Verify(RestoreDirectory root, IEnumerable<Node> nodes)
    {
        WalkAll(root, nodes);
        PassOn();
    }

    /// <summary>Verifies one file by what its content lies in.</summary>
    public void VerifyContent(VerifiedFile file, Node node)
    {
        AddPieces(file, node);
        comparer.FindDifferent(_pieces);
        Report(file);
    }

    protected override void Visit(RestoreDirectory directory, Node node)
    {
        (bool isSelected, bool mayBeBelow) = Context.Selection.Ask(directory.Selection, node.Name);
        if (node.Metadata.Type == NodeType.Directory)
        {
            if (isSelected || (mayBeBelow && directory.Target.HasDirectory(node.Name)))
            {
                EnterDirectory(directory, node);
            }
        }
        else if (isSelected && node.Metadata.Type == NodeType.File && !Context.IsNotAsInSnapshot(directory.PathOf(node.Name)))
        {
            VerifiedFile file = new(directory, node);
            directory.AddHolder();
            _files.Add((file, directory));
            AddPieces(file, node);
            if (_files.Count >= MaxFiles || _pieces.Count >= MaxPieces)
            {
                PassOn();
            }
        }
    }

    protected override void Leave(RestoreDirectory directory, IReadOnlySet<EntryName>? names) => directory.Release();

    protected override string PathOf(RestoreDirectory directory) => directory.Path;

    private void EnterDirectory(RestoreDirectory directory, Node node)
    {
        // What could not be made was told before.
        if (Context.IsNotAsInSnapshot(directory.PathOf(node.Name)))
        {
            return;
        }

        try
        {
            Enter(RestoreDirectory.OpenExisting(Context, directory, node), node);
        }
        catch (RestoreException exception)
        {
            Context.AddFailure(new RestoreProblem(exception.Path, exception.Reason, ProblemSeverity.Error));
        }
    }

    private void AddPieces(VerifiedFile file, Node node)
    {
        long offset = 0;
        try
        {
            foreach (Extent extent in Trees.ReadExtents(node, Context.CancellationToken))
            {
                _pieces.Add(new WantedPiece<VerifiedFile>(file, offset, extent));
                offset += extent.Length;
                if (_pieces.Count >= MaxPieces)
                {
                    comparer.FindDifferent(_pieces);
                    _pieces.Clear();
                }
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            file.DiffersFrom(offset);
        }
    }

    private void PassOn()
    {
        comparer.FindDifferent(_pieces);
        foreach ((VerifiedFile file, RestoreDirectory directory) in _files)
        {
            Report(file);
            directory.Release();
        }

        _pieces.Clear();
        _files.Clear();
    }

    private void Report(VerifiedFile file)
    {
        if (file.FindFault() is { } fault)
        {
            Context.AddFailure(new RestoreProblem(file.Path, fault, ProblemSeverity.Error));
        }
        else
        {
            Context.AddVerified();
        }
    }
}
