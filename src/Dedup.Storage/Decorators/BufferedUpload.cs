namespace Dedup.Storage;

/// <summary>An upload that is gathered in memory, in one piece, and written by a single put, which can be done again.</summary>
internal sealed class BufferedUpload(IObjectStore store, UploadBufferPool buffers) : IObjectUpload
{
    private byte[] _buffer = [];
    private int _length;
    private bool _isOver;

    /// <inheritdoc/>
    public long Length => _length;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        MakeRoom(bytes.Length);
        bytes.Span.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <inheritdoc/>
    public async ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, (long)_length - destination.Length);
        _buffer.AsSpan((int)offset, destination.Length).CopyTo(destination.Span);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        _isOver = true;
        byte[] buffer = _buffer;
        _buffer = [];

        // After a failure the buffer is left to the collector: a request that was given up may still be reading from it.
        bool isFirst = await store.PutIfAbsentAsync(name, buffer.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        buffers.Return(buffer);
        return isFirst;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isOver = true;
        buffers.Return(_buffer);
        _buffer = [];
        return ValueTask.CompletedTask;
    }

    private void MakeRoom(int length)
    {
        if (_buffer.Length - _length >= length)
        {
            return;
        }

        if (length > Array.MaxLength - _length)
        {
            _isOver = true;
            throw new StoreException($"{store.Location}: an upload of more than 2 GiB cannot be gathered in memory");
        }

        byte[] larger = buffers.Rent(_length + length);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        buffers.Return(_buffer);
        _buffer = larger;
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The upload is over: it was published or disposed of.");
        }
    }
}
