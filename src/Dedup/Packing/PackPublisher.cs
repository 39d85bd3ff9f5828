using System.Collections.Concurrent;
using Dedup.Format;

namespace Dedup.Packing;

/// <summary>
/// Publishes full packs beside the pipeline, a bounded number at once, because making them durable waits for the disk or the
/// network. The directories of those that are durable are collected for an index segment.
/// </summary>
internal sealed class PackPublisher(int maxAtOnce, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(maxAtOnce);
    private readonly ConcurrentQueue<PackDirectory> _durable = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Begins to publish a pack, which is disposed of whatever happens; waits while too many are under way, and throws what an earlier one failed with.</summary>
    public void Publish(PackWriter pack)
    {
        bool mayBegin = false;
        try
        {
            ThrowIfFailed();
            _free.Wait(cancellationToken);
            mayBegin = true;
        }
        finally
        {
            if (!mayBegin)
            {
                pack.DisposeAsync().Wait();
            }
        }

        Task task = Task.Run(() => PublishAsync(pack), CancellationToken.None);
        _running.TryAdd(task, true);
    }

    /// <summary>Whether a pack has become durable since <see cref="TakeDurable"/> was last called.</summary>
    public bool HasDurable => !_durable.IsEmpty;

    /// <summary>The directories of packs that have become durable since the last call.</summary>
    public IReadOnlyList<PackDirectory> TakeDurable()
    {
        List<PackDirectory> taken = [];
        while (_durable.TryDequeue(out PackDirectory? directory))
        {
            taken.Add(directory);
        }

        return taken;
    }

    /// <summary>Waits until nothing is under way.</summary>
    public async Task CompleteAsync()
    {
        await Task.WhenAll(_running.Keys).ConfigureAwait(false);
        _running.Clear();
    }

    /// <summary>Waits for what is under way, whatever becomes of it: after a failure nobody asks for the results any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _free.Dispose();
    }

    private async Task PublishAsync(PackWriter pack)
    {
        try
        {
            await using (pack.ConfigureAwait(false))
            {
                _durable.Enqueue(await pack.PublishAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            _free.Release();
        }
    }

    private void ThrowIfFailed()
    {
        foreach (Task task in _running.Keys)
        {
            if (task.IsCompleted)
            {
                task.GetAwaiter().GetResult();
                _running.TryRemove(task, out _);
            }
        }
    }
}
