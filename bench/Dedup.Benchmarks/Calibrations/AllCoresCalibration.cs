namespace Dedup.Benchmarks;

/// <summary>One calibration on every core at once: what a pipeline's time on the clock scales with.</summary>
internal sealed class AllCoresCalibration(Func<Workload> make) : Workload
{
    private readonly Workload[] _each = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => make())];

    public override void Run()
    {
        Thread[] threads = [.. _each.Select(workload => new Thread(workload.Run))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    protected override void Free()
    {
        foreach (Workload workload in _each)
        {
            workload.Dispose();
        }
    }
}
