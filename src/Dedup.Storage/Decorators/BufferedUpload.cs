namespace Dedup.Storage;

/// <summary>An upload that is gathered in memory and written by a single put, which can be done again.</summary>
internal sealed class BufferedUpload(IObjectStore store, UploadMemory memory) : IObjectUpload
{
    private const int PieceLength = UploadMemory.PieceLength;

    private readonly List<byte[]> _pieces = [];
    private bool _isOver;

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();

        // All that is needed before the first byte: a call that is cancelled while it waits leaves the upload as it was.
        while ((long)_pieces.Count * PieceLength < Length + bytes.Length)
        {
            _pieces.Add(await memory.RentAsync(cancellationToken).ConfigureAwait(false));
        }

        while (!bytes.IsEmpty)
        {
            (long piece, long start) = Math.DivRem(Length, PieceLength);
            int length = (int)Math.Min(bytes.Length, PieceLength - start);
            bytes.Span[..length].CopyTo(_pieces[(int)piece].AsSpan((int)start));
            bytes = bytes[length..];
            Length += length;
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        while (!destination.IsEmpty)
        {
            (long piece, long start) = Math.DivRem(offset, PieceLength);
            int length = (int)Math.Min(destination.Length, PieceLength - start);
            _pieces[(int)piece].AsSpan((int)start, length).CopyTo(destination.Span);
            destination = destination[length..];
            offset += length;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        _isOver = true;
        bool isDone = false;
        memory.BeginSending();
        try
        {
            bool isFirst = await store.PutIfAbsentAsync(name, Content(), cancellationToken).ConfigureAwait(false);
            isDone = true;
            return isFirst;
        }
        finally
        {
            Release(mayBeInUse: !isDone);
            memory.EndSending();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isOver = true;
        Release(mayBeInUse: false);
        return ValueTask.CompletedTask;
    }

    private ReadOnlyMemory<byte>[] Content()
    {
        ReadOnlyMemory<byte>[] content = new ReadOnlyMemory<byte>[_pieces.Count];
        for (int i = 0; i < content.Length; i++)
        {
            content[i] = _pieces[i].AsMemory(0, (int)Math.Clamp(Length - ((long)i * PieceLength), 0, PieceLength));
        }

        return content;
    }

    private void Release(bool mayBeInUse)
    {
        memory.Return(_pieces, mayBeInUse);
        _pieces.Clear();
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The upload is over: it was published or disposed of.");
        }
    }
}
