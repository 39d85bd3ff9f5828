using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// A directory under way in the target. It is held by the walk and by everything in it that is not done; when nobody holds it any
/// more it is given its metadata and closed. It is opened, or made, when the first entry in it is restored: by the walk's thread only.
/// </summary>
internal sealed class RestoreDirectory
{
    private readonly RestoreContext _context;
    private readonly bool _isSelected;
    private bool _isOnlyLookedAt;
    private TargetDirectory? _target;
    private int _holders = 1;

    /// <summary>The target itself, which keeps what it has; it may not be there when nothing is to be written.</summary>
    public RestoreDirectory(RestoreContext context, TargetDirectory? target, DeletionScope scope)
    {
        _context = context;
        _target = target;
        Scope = scope;
        Selection = context.Selection.Root;
    }

    /// <summary>A directory in another one, which is held as long.</summary>
    /// <param name="context">The restore.</param>
    /// <param name="parent">The directory it lies in.</param>
    /// <param name="node">What it was in the snapshot.</param>
    /// <param name="isSelected">Whether it is to be restored itself; else it is only on the way to what is.</param>
    public RestoreDirectory(RestoreContext context, RestoreDirectory parent, Node node, bool isSelected)
    {
        _context = context;
        _isSelected = isSelected;
        Parent = parent;
        Node = node;
        Scope = parent.Scope.Enter(node.Name);
        Selection = context.Selection.Enter(parent.Selection, node.Name);
        parent.AddHolder();
    }

    /// <summary>A directory that is there and is only looked at.</summary>
    /// <exception cref="RestoreException">It cannot be opened.</exception>
    public static RestoreDirectory OpenExisting(RestoreContext context, RestoreDirectory parent, Node node)
    {
        TargetDirectory target = parent.Target.OpenDirectory(node.Name);
        return new RestoreDirectory(context, parent, node, isSelected: false) { _isOnlyLookedAt = true, _target = target };
    }

    /// <summary>A directory that is not there and will not be made.</summary>
    public static RestoreDirectory Absent(RestoreContext context, RestoreDirectory parent, Node node) =>
        new(context, parent, node, isSelected: false) { _isOnlyLookedAt = true };

    /// <summary>The directory it lies in; <see langword="null"/> for the target itself.</summary>
    public RestoreDirectory? Parent { get; }

    /// <summary>What it was in the snapshot; <see langword="null"/> for the target itself.</summary>
    public Node? Node { get; }

    /// <summary>How much of the directory the snapshot knows.</summary>
    public DeletionScope Scope { get; }

    /// <summary>What the user's patterns know in it.</summary>
    public RestoreSelectionState Selection { get; }

    /// <summary>The open directory.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public TargetDirectory Target => _target ?? throw new InvalidOperationException("The directory is not open.");

    /// <summary>Whether it is open: something in it is, or is to be, restored.</summary>
    public bool IsOpen => _target is not null;

    /// <summary>Opens it, or makes it, and all on the way to it.</summary>
    /// <exception cref="RestoreException">It cannot be opened or made, or something else is in its place and is to stay.</exception>
    public TargetDirectory Open()
    {
        Stack<RestoreDirectory> closed = new();
        for (RestoreDirectory? directory = this; directory is { _target: null }; directory = directory.Parent)
        {
            closed.Push(directory);
        }

        while (closed.TryPop(out RestoreDirectory? directory))
        {
            TargetDirectory parent = directory.Parent!.Target;
            RequireNothingToStay(_context, parent, directory.Node!);
            directory._target = parent.OpenOrCreateDirectory(directory.Node!.Name);
        }

        return Target;
    }

    /// <summary>Makes sure that nothing is in the place of a directory which the user wants to stay.</summary>
    /// <exception cref="RestoreException">Something is.</exception>
    public static void RequireNothingToStay(RestoreContext context, TargetDirectory parent, Node node)
    {
        if (!parent.IsNew
            && parent.TryLook(node.Name, out PosixStatus there)
            && there.Type != PosixStatus.TypeDirectory
            && !OverwriteRule.MayOverwrite(context.Options.Overwrite, node, there))
        {
            throw new RestoreException(parent.PathOf(node.Name), "something else is in the place of the directory and was not to be overwritten");
        }
    }

    public void AddHolder() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        // A loop, because directories may nest deeper than the stack allows.
        for (RestoreDirectory? directory = this; directory is not null && Interlocked.Decrement(ref directory._holders) == 0; directory = directory.Parent)
        {
            directory.Finish();
        }
    }

    /// <summary>The path of the directory itself, for people.</summary>
    public string Path => Node is null ? _context.TargetPath : Parent!.PathOf(Node.Name);

    /// <summary>The path of an entry in it, for people.</summary>
    public string PathOf(EntryName name)
    {
        Stack<EntryName> names = new([name]);
        for (RestoreDirectory directory = this; directory.Node is { } node; directory = directory.Parent!)
        {
            names.Push(node.Name);
        }

        return $"{_context.TargetPath}/{string.Join('/', names)}";
    }

    private void Finish()
    {
        if (_target is null)
        {
            return;
        }

        if (Node is not null && !_isOnlyLookedAt)
        {
            // One that was there, and is only on the way to what is restored, is none of the user's wish.
            if (_isSelected || _target.IsNew)
            {
                _context.AddProblems(_target.ApplyMetadata(Node.Metadata, _context.ReadXattrs(Node)));
                _context.AddDone(_target.IsNew ? RestoreActionKind.Restored : RestoreActionKind.Unchanged, Parent!, Node);
            }
        }

        _target.Dispose();
    }
}
