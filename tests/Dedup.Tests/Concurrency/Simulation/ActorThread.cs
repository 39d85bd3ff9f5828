namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>A thread that does one work after the other. None may throw.</summary>
internal sealed class ActorThread : IDisposable
{
    private readonly AutoResetEvent _begin = new(initialState: false), _end = new(initialState: false);
    private readonly Thread _thread;
    private Action? _work;

    public ActorThread()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Start(Action work)
    {
        _work = work;
        _begin.Set();
    }

    public void Wait() => _end.WaitOne();

    public void Dispose()
    {
        _work = null;
        _begin.Set();
        _thread.Join();
        _begin.Dispose();
        _end.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _begin.WaitOne();
            if (_work is not { } work)
            {
                return;
            }

            work();
            _end.Set();
        }
    }
}
