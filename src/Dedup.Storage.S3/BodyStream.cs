namespace Dedup.Storage.S3;

/// <summary>
/// A body as the SDK wants it: a stream over bytes in memory. Once it is closed nothing of them is read any more, so that they can be used for
/// something else although a request that was answered early may still be sending.
/// </summary>
internal sealed class BodyStream : Stream
{
    private readonly Lock _reading = new();
    private readonly ReadOnlyMemory<byte>[] _segments;
    private readonly Action _onProgress;
    private long _position;
    private bool _isClosed;

    /// <param name="segments">The bytes.</param>
    /// <param name="onProgress">Called for each read.</param>
    public BodyStream(ReadOnlyMemory<byte>[] segments, Action onProgress)
    {
        _segments = segments;
        _onProgress = onProgress;
        foreach (ReadOnlyMemory<byte> segment in segments)
        {
            Length += segment.Length;
        }
    }

    public override bool CanRead => !_isClosed;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(Span<byte> buffer)
    {
        lock (_reading)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _onProgress();
            int read = 0;
            long start = 0;
            foreach (ReadOnlyMemory<byte> segment in _segments)
            {
                long offset = _position - start;
                if (offset < segment.Length)
                {
                    int length = (int)Math.Min(segment.Length - offset, buffer.Length - read);
                    segment.Span.Slice((int)offset, length).CopyTo(buffer[read..]);
                    read += length;
                    _position += length;
                    if (read == buffer.Length)
                    {
                        break;
                    }
                }

                start += segment.Length;
            }

            return read;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Length, nameof(offset));
        return _position = position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        lock (_reading)
        {
            _isClosed = true;
        }

        base.Dispose(disposing);
    }
}
