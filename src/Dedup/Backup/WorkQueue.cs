using System.Diagnostics.CodeAnalysis;

namespace Dedup.Backup;

/// <summary>
/// What the threads of a backup have to do: chunks of large files first, because they hold memory, then files. The files that
/// wait, the large files read at once and the buffers for them are bounded, and so is memory.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    /// <summary>A file up to this length is read, cut and stored by one thread; a longer one is cut by one and stored by all.</summary>
    public const int LargeLength = 2 << 20;

    private const int MaxWaitingFiles = 512;

    /// <summary>Cutting is some eight times as fast as storing what was cut: one reader keeps so many threads busy.</summary>
    private const int ThreadsPerReader = 8;

    /// <summary>What a thread reads of a large file at once, unless chunks are longer still.</summary>
    private const int MinBufferLength = 4 << 20;

    /// <summary>The walker, once it waits, is woken only when this few files are left: waking it for each would cost a switch a file.</summary>
    private const int WakeWalkerAt = MaxWaitingFiles / 2;

    private readonly object _lock = new();
    private readonly Queue<ChunkJob> _chunks = new();
    private readonly Queue<FileJob> _files = new();
    private readonly Queue<FileJob> _largeFiles = new();
    private readonly Stack<ReadBuffer> _buffers = new();
    private readonly int _maxBuffers, _maxLargeAtOnce, _bufferLength;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _wakeAll;
    private int _buffersMade;
    private int _largeUnderWay;
    private int _takersWaiting;
    private bool _isWalkerWaiting;
    private bool _isClosed;

    /// <param name="threads">How many threads take from the queue.</param>
    /// <param name="maxChunkLength">The longest chunk: a buffer holds at least two.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    public WorkQueue(int threads, int maxChunkLength, CancellationToken cancellationToken)
    {
        // Each reader of a large file holds up to two buffers and never waits for a third, so this many never lock each other out.
        _maxLargeAtOnce = 1 + (threads / ThreadsPerReader);
        _maxBuffers = (_maxLargeAtOnce * 2) + threads;
        _bufferLength = Math.Max(MinBufferLength, maxChunkLength * 2);
        _cancellationToken = cancellationToken;
        _wakeAll = cancellationToken.Register(WakeAll);
    }

    private int WaitingFiles => _files.Count + _largeFiles.Count;

    /// <summary>Adds a file; waits while too many wait.</summary>
    public void Add(FileJob job)
    {
        lock (_lock)
        {
            _isWalkerWaiting = WaitingFiles >= MaxWaitingFiles;
            while (_isWalkerWaiting)
            {
                Wait();
            }

            (job.Length > LargeLength ? _largeFiles : _files).Enqueue(job);
            WakeTakers();
        }
    }

    public void Add(ChunkJob job)
    {
        lock (_lock)
        {
            _chunks.Enqueue(job);
            WakeTakers();
        }
    }

    /// <summary>Tells that no more files will come.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes the next job; waits for one.</summary>
    /// <returns>Whether there was one; otherwise all is done.</returns>
    public bool TryTake([NotNullWhen(true)] out Job? job)
    {
        lock (_lock)
        {
            while (!TryTakeNow(out job))
            {
                if (_isClosed && WaitingFiles + _largeUnderWay == 0)
                {
                    return false;
                }

                WaitForWork();
            }

            return true;
        }
    }

    /// <summary>Tells that a large file has been read to its end.</summary>
    public void LargeFileIsRead()
    {
        lock (_lock)
        {
            _largeUnderWay--;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes a buffer; while there is none, does what holds them.</summary>
    public ReadBuffer RentBuffer(FileReader reader)
    {
        while (true)
        {
            ChunkJob? job;
            lock (_lock)
            {
                if (_buffers.TryPop(out ReadBuffer? free))
                {
                    return free;
                }

                if (_buffersMade < _maxBuffers)
                {
                    _buffersMade++;
                    return new ReadBuffer(this, _bufferLength);
                }

                if (!_chunks.TryDequeue(out job))
                {
                    WaitForWork();
                    continue;
                }
            }

            job.Run(reader);
        }
    }

    public void ReturnBuffer(ReadBuffer buffer)
    {
        lock (_lock)
        {
            _buffers.Push(buffer);
            WakeTakers();
        }
    }

    public void Dispose() => _wakeAll.Dispose();

    private bool TryTakeNow([NotNullWhen(true)] out Job? job)
    {
        job = null;
        if (_chunks.TryDequeue(out ChunkJob? chunk))
        {
            job = chunk;
        }
        else if (_largeUnderWay < _maxLargeAtOnce && _largeFiles.TryDequeue(out FileJob? large))
        {
            _largeUnderWay++;
            job = large;
        }
        else if (_files.TryDequeue(out FileJob? file))
        {
            job = file;
        }

        if (_isWalkerWaiting && WaitingFiles <= WakeWalkerAt)
        {
            _isWalkerWaiting = false;
            Monitor.PulseAll(_lock);
        }

        return job is not null;
    }

    private void WakeTakers()
    {
        if (_takersWaiting > 0)
        {
            Monitor.PulseAll(_lock);
        }
    }

    private void WaitForWork()
    {
        _takersWaiting++;
        try
        {
            Wait();
        }
        finally
        {
            _takersWaiting--;
        }
    }

    private void Wait()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Monitor.Wait(_lock);
        _cancellationToken.ThrowIfCancellationRequested();
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }
}
