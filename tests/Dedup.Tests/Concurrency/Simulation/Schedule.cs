namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// Decides who goes on at every store operation: one actor at a time, the same seed the same order. Half of the schedules go by
/// priorities that fall at random moments (Burckhardt et al., A randomized scheduler with probabilistic guarantees of finding bugs,
/// ASPLOS 2010), which finds long waits; half switch at random.
/// </summary>
internal sealed class Schedule : IDisposable
{
    private const int MaxSteps = 400;

    private readonly Random _random;
    private readonly List<Actor> _running;
    private readonly HashSet<int> _changes = [];
    private readonly double _switching;
    private readonly bool _byPriority;
    private readonly ManualResetEvent _done = new(initialState: false);
    private int _step, _lowest;

    public Schedule(Random random, IReadOnlyList<Actor> actors)
    {
        _random = random;
        _running = [.. actors];
        _byPriority = random.Next(2) == 0;
        _switching = new[] { 0.02, 0.1, 0.5 }[random.Next(3)];
        for (int i = random.Next(1, 7); i > 0; i--)
        {
            _changes.Add(random.Next(MaxSteps));
        }
    }

    /// <summary>Runs all actors to their ends.</summary>
    public void Run()
    {
        Pick(null).Resume();
        _done.WaitOne();
    }

    /// <summary>A store operation begins or ends: perhaps others go first.</summary>
    public void Step(Actor current)
    {
        Actor next = Pick(current);
        if (next != current)
        {
            next.Resume();
            current.Await();
        }
    }

    /// <summary>An actor has come to its end.</summary>
    public void End(Actor actor)
    {
        _running.Remove(actor);
        if (_running.Count == 0)
        {
            _done.Set();
            return;
        }

        Pick(null).Resume();
    }

    public void Dispose() => _done.Dispose();

    private Actor Pick(Actor? current)
    {
        _step++;
        if (_byPriority)
        {
            if (current is not null && _changes.Contains(_step))
            {
                current.Priority = --_lowest;
            }

            return _running.MaxBy(actor => actor.Priority)!;
        }

        return current is not null && _random.NextDouble() >= _switching ? current : _running[_random.Next(_running.Count)];
    }
}
