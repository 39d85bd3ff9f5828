using System.Buffers;

namespace Dedup.Storage.S3;

/// <summary>An upload to S3: the name comes last, and S3 wants it first, so the bytes are kept in memory until then.</summary>
internal sealed class S3Upload(S3Store store) : IObjectUpload
{
    private const int SegmentLength = 1 << 20;

    private readonly List<byte[]> _segments = [];
    private bool _isOver;

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        ThrowIfOver();
        ReadOnlySpan<byte> rest = bytes.Span;
        while (!rest.IsEmpty)
        {
            int filled = (int)(Length % SegmentLength);
            if (filled == 0)
            {
                _segments.Add(ArrayPool<byte>.Shared.Rent(SegmentLength));
            }

            int length = Math.Min(rest.Length, SegmentLength - filled);
            rest[..length].CopyTo(_segments[^1].AsSpan(filled));
            rest = rest[length..];
            Length += length;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        ThrowIfOver();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        for (Span<byte> rest = destination.Span; !rest.IsEmpty;)
        {
            int start = (int)(offset % SegmentLength);
            int length = Math.Min(rest.Length, SegmentLength - start);
            _segments[(int)(offset / SegmentLength)].AsSpan(start, length).CopyTo(rest);
            rest = rest[length..];
            offset += length;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        try
        {
            return await store.Writer.WriteAsync(name, Content(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    private ReadOnlyMemory<byte>[] Content()
    {
        ReadOnlyMemory<byte>[] content = new ReadOnlyMemory<byte>[_segments.Count];
        for (int i = 0; i < content.Length; i++)
        {
            content[i] = _segments[i].AsMemory(0, (int)Math.Min(SegmentLength, Length - ((long)i * SegmentLength)));
        }

        return content;
    }

    private void Release()
    {
        _isOver = true;
        foreach (byte[] segment in _segments)
        {
            ArrayPool<byte>.Shared.Return(segment);
        }

        _segments.Clear();
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The upload is over: it was published or disposed of.");
        }
    }
}
