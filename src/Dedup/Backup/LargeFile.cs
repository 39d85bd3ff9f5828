using Dedup.Content;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>A file whose chunks are stored by several threads. Whoever finishes the last one hands in the node.</summary>
internal sealed class LargeFile
{
    private readonly BackupContext _context;
    private readonly FileJob _job;
    private readonly ListWriter _list;
    private readonly OrderedDrain<Extent> _extents;
    private Node? _node;
    private SourceException? _failure;

    public LargeFile(BackupContext context, FileJob job)
    {
        _context = context;
        _job = job;
        _list = new ListWriter(context.Writer.Write);
        _extents = new OrderedDrain<Extent>(_list.Add);
    }

    /// <summary>Takes an extent that is stored.</summary>
    public void Put(long place, Extent extent)
    {
        if (_extents.Put(place, extent))
        {
            Finish();
        }
    }

    /// <summary>Tells that the file has been read.</summary>
    /// <param name="count">How many extents there are.</param>
    /// <param name="node">The node, complete but for content and size; <see langword="null"/> when reading failed.</param>
    /// <param name="failure">What reading failed with.</param>
    public void Close(long count, Node? node, SourceException? failure)
    {
        _node = node;
        _failure = failure;
        if (_extents.Close(count))
        {
            Finish();
        }
    }

    private void Finish()
    {
        if (_node is null)
        {
            _context.Report(_job.Directory.PathOf(_job.Name), _failure!);
            _job.Complete(null);
            return;
        }

        (BlobId list, IReadOnlyList<Extent> inline) = _list.Finish();
        _context.AddFile(_job.Directory, _job.Name, NodeType.File, _job.IsNew, isUnmodified: false, _list.Length);
        _job.Complete(_node with
        {
            List = list,
            Extents = inline,
            Metadata = _node.Metadata with { Size = _list.Length },
        });
    }
}
