using Dedup.Storage;

namespace OwnStore;

/// <summary>An object whose name is known last: its bytes wait in memory, a pack at most, and become a row when they are published.</summary>
internal sealed class SqliteUpload(SqliteStore store) : IObjectUpload
{
    private readonly MemoryStream _content = new();
    private bool _isOver;

    public long Length => _content.Length;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        _content.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        _content.GetBuffer().AsSpan((int)offset, destination.Length).CopyTo(destination.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        _isOver = true;
        return store.PutIfAbsentAsync(name, _content.GetBuffer().AsMemory(0, (int)Length), cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _isOver = true;
        return ValueTask.CompletedTask;
    }

    private void Begin(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isOver)
        {
            throw new InvalidOperationException("The upload is over.");
        }
    }
}
