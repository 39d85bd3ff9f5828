using System.Text;
using Dedup.Content;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>
/// A directory whose entries are being backed up. They come in any order from any thread; whoever brings the last one writes the
/// tree and hands the directory's own node up.
/// </summary>
internal sealed class DirectoryBuilder
{
    private readonly BackupContext _context;
    private readonly OrderedDrain<Node?> _entries;
    private readonly TreeWriter _tree;
    private readonly long _place;
    private readonly EntryName _name;
    private readonly Node? _node;
    private readonly Node? _previous;
    private readonly BlobId _previousTree;

    private DirectoryBuilder(BackupContext context, DirectoryBuilder? parent, ISourceDirectory source, long place, Node? node, Node? previous, BlobId previousTree)
    {
        _context = context;
        _place = place;
        _node = node;
        _name = node?.Name ?? default;
        _previous = previous;
        _previousTree = previousTree;
        Parent = parent;
        Source = source;
        _tree = new TreeWriter(context.Keys, context.Writer.Write);
        _entries = new OrderedDrain<Node?>(Accept);
    }

    /// <summary>The directory it lies in; <see langword="null"/> for the root.</summary>
    public DirectoryBuilder? Parent { get; }

    /// <summary>The open directory; closed when everything in it is done.</summary>
    public ISourceDirectory Source { get; }

    /// <summary>The tree and totals of a root that is done.</summary>
    public (BlobId Tree, TreeTotals Totals)? Result { get; private set; }

    public static DirectoryBuilder Root(BackupContext context, ISourceDirectory source, BlobId previousTree) =>
        new(context, null, source, 0, null, null, previousTree);

    /// <param name="source">The open subdirectory.</param>
    /// <param name="place">Its place among this directory's entries.</param>
    /// <param name="node">Its node, complete but for the tree.</param>
    /// <param name="previous">The node of the same name in the parent snapshot.</param>
    public DirectoryBuilder Child(ISourceDirectory source, long place, Node node, Node? previous) =>
        new(_context, this, source, place, node, previous, previous?.Tree ?? default);

    /// <summary>Takes an entry; <see langword="null"/> for one that could not be read.</summary>
    public void Complete(long place, Node? node)
    {
        if (Put(place, node))
        {
            FinishUpwards();
        }
    }

    /// <summary>Tells how many entries there are.</summary>
    public void Close(long count)
    {
        if (_entries.Close(count))
        {
            FinishUpwards();
        }
    }

    /// <summary>The directory's own path, for people.</summary>
    public string Path => Parent is null ? "/" : Parent.PathOf(_name);

    /// <summary>The path of an entry, for people.</summary>
    public string PathOf(EntryName name)
    {
        Stack<string> parts = new([name.ToString()]);
        for (DirectoryBuilder directory = this; directory.Parent is not null; directory = directory.Parent)
        {
            parts.Push(directory._name.ToString());
        }

        return new StringBuilder().Append('/').AppendJoin('/', parts).ToString();
    }

    private bool Put(long place, Node? node)
    {
        _context.Backlog.Add();
        return _entries.Put(place, node);
    }

    private void Accept(Node? node)
    {
        _context.Backlog.Remove();
        if (node is not null)
        {
            _tree.Add(node);
        }
    }

    private void FinishUpwards()
    {
        // A loop, because directories may nest deeper than the stack allows.
        DirectoryBuilder directory = this;
        while (directory.Finish() is { } node && directory.Parent!.Put(directory._place, node))
        {
            directory = directory.Parent;
        }
    }

    private Node? Finish()
    {
        (BlobId tree, TreeTotals totals) = _tree.Finish();
        Source.Dispose();
        if (_node is null)
        {
            Result = (tree, totals);
            return null;
        }

        _context.AddDirectory(Parent!, _name, isNew: _previous is null, isUnmodified: tree == _previousTree && _node.Metadata == _previous?.Metadata);
        return _node with { Tree = tree, Totals = totals };
    }
}
