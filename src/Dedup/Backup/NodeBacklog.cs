namespace Dedup.Backup;

/// <summary>
/// Bounds how many finished nodes wait for one before them in their directory. Behind a file that takes long the walk stops before
/// they fill the memory; all that they wait for is queued by then, so the threads get there without the walk.
/// </summary>
internal sealed class NodeBacklog : IDisposable
{
    /// <summary>A node takes some 400 bytes.</summary>
    private const int MaxNodes = 1 << 16, ResumeAt = MaxNodes / 2;

    private readonly object _lock = new();
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _wake;
    private int _count;

    /// <param name="cancellationToken">Ends the wait.</param>
    public NodeBacklog(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _wake = cancellationToken.Register(Wake);
    }

    /// <summary>Counts a node that is finished.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    /// <summary>Counts a node off that has taken its place in the tree.</summary>
    public void Remove()
    {
        if (Interlocked.Decrement(ref _count) == ResumeAt)
        {
            Wake();
        }
    }

    /// <summary>Waits while too many wait.</summary>
    /// <exception cref="OperationCanceledException">The backup ends.</exception>
    public void WaitForRoom()
    {
        if (Volatile.Read(ref _count) < MaxNodes)
        {
            return;
        }

        lock (_lock)
        {
            while (Volatile.Read(ref _count) > ResumeAt)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_lock);
            }
        }
    }

    public void Dispose() => _wake.Dispose();

    private void Wake()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }
}
