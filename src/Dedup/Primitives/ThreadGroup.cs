using System.Runtime.ExceptionServices;

namespace Dedup;

/// <summary>Threads that work on one thing together: when one fails the others are stopped, and what it failed with is what the caller sees.</summary>
internal sealed class ThreadGroup(CancellationToken outer) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
    private readonly List<Task> _threads = [];
    private Exception? _firstFailure;

    /// <summary>Ends every wait of the threads: the caller cancelled, or one of them failed.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Starts a thread of its own, for work that blocks.</summary>
    public void Start(Action work)
    {
        Task task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _threads.Add(task.ContinueWith(Observe, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
    }

    /// <summary>Waits for all threads and throws what failed first.</summary>
    public async Task CompleteAsync()
    {
        await Task.WhenAll(_threads).ConfigureAwait(false);
        if (_firstFailure is not null)
        {
            ExceptionDispatchInfo.Throw(_firstFailure);
        }
    }

    public void Dispose() => _stop.Dispose();

    private void Observe(Task task)
    {
        if (task.Exception is { } exception)
        {
            Interlocked.CompareExchange(ref _firstFailure, exception.InnerException, null);
            _stop.Cancel();
        }
    }
}
