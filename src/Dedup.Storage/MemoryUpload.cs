using System.Buffers;

namespace Dedup.Storage;

/// <summary>An upload to a <see cref="MemoryStore"/>.</summary>
internal sealed class MemoryUpload(MemoryStore store) : IObjectUpload
{
    private readonly ArrayBufferWriter<byte> _content = new();
    private bool _isOver;

    /// <inheritdoc/>
    public long Length => _content.WrittenCount;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        _content.Write(bytes.Span);
    }

    /// <inheritdoc/>
    public async ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        _content.WrittenSpan.Slice((int)offset, destination.Length).CopyTo(destination.Span);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        _isOver = true;
        return store.TryAdd(name, _content.WrittenMemory);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isOver = true;
        return ValueTask.CompletedTask;
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The upload is over: it was published or disposed of.");
        }
    }
}
