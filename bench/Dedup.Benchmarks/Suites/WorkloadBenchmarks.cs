using BenchmarkDotNet.Attributes;

namespace Dedup.Benchmarks;

/// <summary>Benchmarks of workloads: one is made before a benchmark and disposed of after it.</summary>
public abstract class WorkloadBenchmarks
{
    private Workload? _workload;

    /// <summary>Disposes of the workload.</summary>
    [GlobalCleanup]
    public void CleanUp() => _workload?.Dispose();

    private protected void Use(Workload workload) => _workload = workload;

    private protected void Prepare() => _workload!.Prepare();

    private protected void Work() => _workload!.Run();
}
