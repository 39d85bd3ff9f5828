namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>Threads that actors run on, used again from round to round: to make and to end one takes longer than most actors run.</summary>
internal sealed class ActorThreads : IDisposable
{
    private readonly List<ActorThread> _threads = [];
    private int _started;

    /// <summary>Starts each work on a thread of its own. All that was started before has been waited for.</summary>
    public void Start(IReadOnlyList<Action> works)
    {
        while (_threads.Count < works.Count)
        {
            _threads.Add(new ActorThread());
        }

        _started = works.Count;
        for (int i = 0; i < works.Count; i++)
        {
            _threads[i].Start(works[i]);
        }
    }

    /// <summary>Waits until all that was started is done.</summary>
    public void Wait()
    {
        for (int i = 0; i < _started; i++)
        {
            _threads[i].Wait();
        }
    }

    public void Dispose() => _threads.ForEach(static thread => thread.Dispose());
}
