using Dedup.Snapshots;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>A process of the simulation: it runs on a thread of its own, and only while the schedule lets it.</summary>
internal sealed class Actor(string name, int priority, ProcessIdentity process) : IDisposable
{
    // Not a SemaphoreSlim: who waits for one spins first, and takes the processor from the one that it waits for.
    private readonly AutoResetEvent _turn = new(initialState: false);

    public string Name => name;

    /// <summary>Who runs first where the schedule goes by priorities; it falls at random moments.</summary>
    public int Priority { get; set; } = priority;

    public ProcessIdentity Process => process;

    /// <summary>Whether it was ended; it does nothing to a store any more.</summary>
    public bool IsCrashed { get; set; }

    /// <summary>What it failed with, other than a crash.</summary>
    public Exception? Failure { get; set; }

    public void Resume() => _turn.Set();

    public void Await() => _turn.WaitOne();

    public void Dispose() => _turn.Dispose();
}
