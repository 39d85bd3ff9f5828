using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>A stream read as a file of unknown length: from front to back, once.</summary>
/// <param name="name">What is read, for messages.</param>
/// <param name="metadata">What is told of the file.</param>
/// <param name="content">The stream; disposed of with the file.</param>
/// <param name="cancellationToken">Ends the wait for more.</param>
internal sealed class StreamFile(string name, NodeMetadata metadata, Stream content, CancellationToken cancellationToken) : ISourceFile
{
    private const int BufferLength = 1 << 20;

    // Its own, because a read that is no longer waited for still writes to it.
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start, _end;
    private bool _isOver;

    /// <summary>The extended attributes.</summary>
    public IReadOnlyList<ExtendedAttribute> Xattrs { get; init; } = [];

    public NodeMetadata Stat() => metadata;

    public int Read(long offset, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length && HasMore())
        {
            int length = Math.Min(_end - _start, destination.Length - total);
            _buffer.AsSpan(_start, length).CopyTo(destination[total..]);
            _start += length;
            total += length;
        }

        return total;
    }

    public bool TryFindData(long offset, out long start, out long end)
    {
        start = offset;
        end = ISourceFile.UnknownLength;
        return true;
    }

    public IReadOnlyList<ExtendedAttribute> ReadXattrs() => Xattrs;

    public void Dispose() => content.Dispose();

    private bool HasMore()
    {
        if (_start < _end || _isOver)
        {
            return _start < _end;
        }

        _start = 0;
        _end = Fill();
        _isOver = _end == 0;
        return !_isOver;
    }

    private int Fill()
    {
        try
        {
            // A pipe whose writer does nothing blocks for ever, whatever the token says: then only the wait ends.
            return content.ReadAsync(_buffer, cancellationToken).AsTask().WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (IOException exception)
        {
            throw new SourceFailedException($"{name}: cannot be read: {exception.Message}; nothing was backed up", exception);
        }
    }
}
