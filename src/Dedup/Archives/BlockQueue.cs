namespace Dedup.Archives;

/// <summary>Encodes blocks on several threads and passes them on in the order in which they came.</summary>
/// <typeparam name="T">A block, with room for what it is encoded to.</typeparam>
/// <param name="depth">How many blocks are under way at once; it bounds memory.</param>
/// <param name="encode">Encodes a block, on any thread.</param>
/// <param name="passOn">Takes an encoded block, on the thread that adds blocks.</param>
internal sealed class BlockQueue<T>(int depth, Action<T> encode, Action<T> passOn) : IDisposable
{
    private readonly Queue<(Task Encoding, T Block)> _underWay = new();

    /// <summary>Adds a block. It is the queue's until it was passed on.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isEncoded">Whether it is passed on as it is.</param>
    public void Add(T block, bool isEncoded = false)
    {
        while (_underWay.Count >= depth)
        {
            PassOnFirst();
        }

        _underWay.Enqueue((isEncoded ? Task.CompletedTask : Task.Run(() => encode(block)), block));
    }

    /// <summary>Passes on all that was added.</summary>
    public void Complete()
    {
        while (_underWay.Count > 0)
        {
            PassOnFirst();
        }
    }

    /// <summary>Waits for what is being encoded, so that nothing uses a block or an encoder any more.</summary>
    public void Dispose()
    {
        foreach ((Task encoding, _) in _underWay)
        {
            ((IAsyncResult)encoding).AsyncWaitHandle.WaitOne();
        }
    }

    private void PassOnFirst()
    {
        (Task encoding, T block) = _underWay.Dequeue();
        encoding.GetAwaiter().GetResult();
        passOn(block);
    }
}
