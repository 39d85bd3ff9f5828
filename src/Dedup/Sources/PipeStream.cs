using Dedup.Native;

namespace Dedup.Sources;

/// <summary>A named pipe, read until its last writer closes it. The first read waits for a writer.</summary>
/// <param name="pipe">The pipe, open so that reads do not block; disposed of with the stream.</param>
/// <param name="path">Its path, for messages.</param>
/// <param name="cancellationToken">Ends the wait.</param>
internal sealed class PipeStream(PosixHandle pipe, string path, CancellationToken cancellationToken) : Stream
{
    /// <summary>How often a wait looks whether it was cancelled, in milliseconds.</summary>
    private const int WaitMs = 100;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int ready = Posix.WaitReadable(pipe, WaitMs);
            if (ready == 0)
            {
                continue;
            }

            int count = ready < 0 ? ready : Posix.ReadNext(pipe, buffer);
            if (count >= 0)
            {
                return count;
            }

            if (count != -PosixErrno.WouldBlock)
            {
                throw FileSystemFailure.Of(path, "cannot be read", count);
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
        }

        base.Dispose(disposing);
    }
}
