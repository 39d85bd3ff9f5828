using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A walk over the tree of a snapshot, or a part of it, each directory followed by what it holds.</summary>
/// <typeparam name="TDirectory">What goes with a directory that is being walked.</typeparam>
internal abstract class RestoreWalk<TDirectory>(RestoreContext context, TreeReader trees)
{
    private readonly Stack<Frame> _open = new();

    protected RestoreContext Context => context;

    protected TreeReader Trees => trees;

    /// <summary>Walks some nodes, and what lies below them.</summary>
    protected void WalkAll(TDirectory root, IEnumerable<Node> nodes)
    {
        _open.Push(new Frame(root, nodes.GetEnumerator()));
        while (_open.TryPeek(out Frame? top))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (TryMoveNext(top))
            {
                Note(top.Nodes.Current.Name);
                Visit(top.Directory, top.Nodes.Current);
                continue;
            }

            top.Nodes.Dispose();
            _open.Pop();
            Leave(top.Directory, top.IsWhole ? top.Names : null);
        }
    }

    /// <summary>Goes into a directory next.</summary>
    /// <exception cref="RestoreException">Directories nest too deep.</exception>
    protected void Enter(TDirectory directory, Node node)
    {
        if (_open.Count >= Limits.MaxDepth)
        {
            throw new RestoreException(PathOf(directory), "directories nest deeper than is possible");
        }

        _open.Push(new Frame(directory, trees.ReadNodes(node.Tree, context.CancellationToken).GetEnumerator()));
    }

    /// <summary>Notes a name that belongs into the directory that is being walked.</summary>
    protected void Note(EntryName name)
    {
        if (context.Options.Delete)
        {
            _open.Peek().Names.Add(name);
        }
    }

    /// <summary>Does what is to be done about a node.</summary>
    protected abstract void Visit(TDirectory directory, Node node);

    /// <summary>Takes leave of a directory, all nodes of which were visited.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="names">What belongs into it, when that is asked for; <see langword="null"/> when its list could not be read to the end.</param>
    protected abstract void Leave(TDirectory directory, IReadOnlySet<EntryName>? names);

    /// <summary>The path of a directory in the target, for people.</summary>
    protected abstract string PathOf(TDirectory directory);

    private bool TryMoveNext(Frame frame)
    {
        try
        {
            return frame.Nodes.MoveNext();
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            frame.IsWhole = false;
            context.AddProblem(new RestoreProblem(PathOf(frame.Directory), $"the directory cannot be read: {exception.Message}", ProblemSeverity.Error));
            return false;
        }
    }

    private sealed class Frame(TDirectory directory, IEnumerator<Node> nodes)
    {
        public TDirectory Directory => directory;

        public IEnumerator<Node> Nodes => nodes;

        public HashSet<EntryName> Names { get; } = [];

        public bool IsWhole { get; set; } = true;
    }
}
