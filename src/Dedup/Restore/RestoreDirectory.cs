using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// A directory under way in the target. It is held by the walk and by everything in it that is not done; when nobody holds it any
/// more it is given its metadata and closed.
/// </summary>
internal sealed class RestoreDirectory
{
    private readonly RestoreContext _context;
    private int _holders = 1;

    public RestoreDirectory(RestoreContext context, RestoreDirectory? parent, TargetDirectory target, Node? node)
    {
        _context = context;
        Parent = parent;
        Target = target;
        Node = node;
    }

    /// <summary>The directory it lies in; <see langword="null"/> for the target itself.</summary>
    public RestoreDirectory? Parent { get; }

    public TargetDirectory Target { get; }

    /// <summary>What it was in the snapshot; <see langword="null"/> for the target itself, which keeps what it has.</summary>
    public Node? Node { get; }

    public void AddHolder() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        // A loop, because directories may nest deeper than the stack allows.
        for (RestoreDirectory? directory = this; directory is not null && Interlocked.Decrement(ref directory._holders) == 0; directory = directory.Parent)
        {
            directory.Finish();
        }
    }

    private void Finish()
    {
        if (Node is not null)
        {
            _context.AddProblems(Target.ApplyMetadata(Node.Metadata, _context.ReadXattrs(Node)));
            _context.AddDone();
        }

        Target.Dispose();
    }
}
