using Dedup.Content;
using Dedup.Trees;
using Microsoft.Extensions.Logging;

namespace Dedup.Backup;

/// <summary>Walks a directory of the parent snapshot in step with the directory being backed up: both are sorted by name.</summary>
internal sealed partial class ParentCursor : IDisposable
{
    private readonly ILogger _logger;
    private readonly IEnumerator<Node>? _nodes;
    private Node? _current;

    /// <param name="reader">Reads the parent's trees.</param>
    /// <param name="tree">The parent's directory; zero when it had none.</param>
    /// <param name="logger">Is told when the parent's tree cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public ParentCursor(TreeReader reader, BlobId tree, ILogger logger, CancellationToken cancellationToken)
    {
        _logger = logger;
        if (!tree.IsZero)
        {
            _nodes = reader.ReadNodes(tree, cancellationToken).GetEnumerator();
            MoveNext();
        }
    }

    /// <summary>The parent's node of a name. Names are asked for in their order.</summary>
    public Node? Find(EntryName name)
    {
        while (_current is not null && _current.Name < name)
        {
            MoveNext();
        }

        return _current?.Name == name ? _current : null;
    }

    public void Dispose() => _nodes?.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "a directory of the parent snapshot cannot be read, its files are read again: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);

    private void MoveNext()
    {
        try
        {
            _current = _nodes!.MoveNext() ? _nodes.Current : null;
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            // The parent only saves work: what it cannot tell is read from the source.
            LogUnreadable(_logger, exception.Message);
            _current = null;
        }
    }
}
