using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>
/// The content of a file of a snapshot, to be read from any place. Whoever reads front to back has the next chunks read ahead, 4 MiB and one chunk at most;
/// whoever seeks has only those chunks read that are asked for. Holes read as zeros. One thread at a time; a repository may have any number of these open.
/// </summary>
/// <remarks>
/// Reading fails with <see cref="CorruptDataException"/> or <see cref="BlobMissingException"/> where the file is damaged, and with
/// <see cref="Storage.StoreException"/> when the store fails; elsewhere the file can still be read. To be disposed before the repository.
/// </remarks>
public sealed class SnapshotFileStream : Stream
{
    private const long MaxBytesAhead = 4 << 20;

    private readonly ChunkReader _chunks;
    private readonly Node _file;
    private readonly int _readsAhead;
    private readonly IDisposable? _owned;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>The piece that was read last, and what is read ahead.</summary>
    private readonly Queue<FilePiece> _pieces = new();

    /// <summary>All reads that may still be under way.</summary>
    private readonly List<Task> _reads = [];

    private PooledBlobReader? _lists;
    private IEnumerator<(long Start, Extent Extent)>? _extents;
    private long _position;
    private bool _isClosed;

    /// <param name="chunks">Reads chunks.</param>
    /// <param name="file">The file.</param>
    /// <param name="readsAhead">How many chunks are read ahead.</param>
    /// <param name="owned">What ends with the stream.</param>
    internal SnapshotFileStream(ChunkReader chunks, Node file, int readsAhead, IDisposable? owned)
    {
        _chunks = chunks;
        _file = file;
        _readsAhead = readsAhead;
        _owned = owned;
    }

    /// <inheritdoc/>
    public override bool CanRead => !_isClosed;

    /// <inheritdoc/>
    public override bool CanSeek => !_isClosed;

    /// <summary>Never.</summary>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _file.Metadata.Size;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        long position = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            SeekOrigin.End => Length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
        };
        return Position = position >= 0 ? position : throw new IOException("A position before the beginning of the file.");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (buffer.IsEmpty || _position >= Length)
        {
            return 0;
        }

        FilePiece piece = Holds(_position) ? _pieces.Peek() : await Task.Run(() => MoveTo(_position), cancellationToken).ConfigureAwait(false);
        int within = (int)Math.Min(piece.End - _position, buffer.Length);
        Memory<byte> destination = buffer[..within];
        if (piece.Content is null)
        {
            destination.Span.Clear();
        }
        else
        {
            byte[] chunk = await ContentOf(piece, cancellationToken).ConfigureAwait(false);
            chunk.AsSpan((int)(_position - piece.Start), within).CopyTo(destination.Span);
        }

        _position += within;
        return within;
    }

    /// <summary>Does nothing: there is nothing to write.</summary>
    public override void Flush()
    {
    }

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException("A snapshot does not change.");

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A snapshot does not change.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            _closing.Cancel();
            Forget();

            // How they end does not matter any more, only that they do: what they use may be closed next.
            ((IAsyncResult)Task.WhenAll(_reads)).AsyncWaitHandle.WaitOne();
            _closing.Dispose();
            _owned?.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Holds(long position) => _pieces.TryPeek(out FilePiece? first) && first.Start <= position && position < first.End;

    /// <summary>Makes the piece that holds a byte the first one, and reads ahead where the reader goes on from the piece before.</summary>
    private FilePiece MoveTo(long position)
    {
        bool goesOn = _pieces.TryPeek(out FilePiece? last) && position == last.End;
        if (goesOn)
        {
            _pieces.Dequeue();
        }
        else
        {
            Forget();
        }

        try
        {
            return Fill(position, goesOn);
        }
        catch (CatalogueDamagedException)
        {
            _lists?.Abandon();
            Forget();
            return Fill(position, mayReadAhead: false);
        }
    }

    private FilePiece Fill(long position, bool mayReadAhead)
    {
        _extents ??= OpenExtents(position).GetEnumerator();
        long bytesAhead = _pieces.Skip(1).Sum(static piece => piece.Extent.Length);
        while ((_pieces.Count == 0 || (mayReadAhead && _pieces.Count <= _readsAhead && bytesAhead < MaxBytesAhead)) && _extents.MoveNext())
        {
            (long start, Extent extent) = _extents.Current;
            bytesAhead += _pieces.Count == 0 ? 0 : extent.Length;
            _pieces.Enqueue(new FilePiece(start, extent, extent.IsHole ? null : BeginReading(extent)));
        }

        return _pieces.Peek();
    }

    private IEnumerable<(long Start, Extent Extent)> OpenExtents(long position)
    {
        _lists = _chunks.Readers.Take();
        return new TreeReader(_lists.Blobs).ReadExtentsFrom(_file, position, _closing.Token);
    }

    private Task<byte[]> BeginReading(Extent extent)
    {
        Task<byte[]> read = _chunks.ReadAsync(extent, _closing.Token);
        _reads.RemoveAll(static earlier => earlier.IsCompleted);
        _reads.Add(read);
        return read;
    }

    private async Task<byte[]> ContentOf(FilePiece piece, CancellationToken cancellationToken)
    {
        bool isRead = false;
        try
        {
            byte[] chunk = await piece.Content!.WaitAsync(cancellationToken).ConfigureAwait(false);
            isRead = true;
            return chunk;
        }
        finally
        {
            if (!isRead)
            {
                // So that who tries again has it read again.
                Forget();
            }
        }
    }

    private void Forget()
    {
        _pieces.Clear();
        _extents?.Dispose();
        _extents = null;
        _lists?.Dispose();
        _lists = null;
    }
}
