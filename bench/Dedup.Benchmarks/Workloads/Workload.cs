namespace Dedup.Benchmarks;

/// <summary>A piece of work of the engine that can be timed again and again: one for the benchmarks and the throughput guard.</summary>
internal abstract class Workload : IDisposable
{
    /// <summary>What every run needs and is not to be timed.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>The work.</summary>
    public abstract void Run();

    public void Dispose() => Free();

    /// <summary>Frees what the work used; by default nothing.</summary>
    protected virtual void Free()
    {
    }
}
