using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Dedup.Benchmarks;

/// <summary>A backup of 10,000 files that have not changed; listing them with the platform's own means beside it.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 10)]
public class WalkBenchmarks : WorkloadBenchmarks
{
    /// <summary>Prepares <see cref="List"/>.</summary>
    [GlobalSetup(Target = nameof(List))]
    public void SetUpList() => Use(new StatCalibration(WalkWorkload.Files));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(WalkWorkload.Files, Unit = "files")]
    public void List() => Work();

    /// <summary>Prepares <see cref="Unchanged"/>.</summary>
    [GlobalSetup(Target = nameof(Unchanged))]
    public void SetUpUnchanged() => Use(new WalkWorkload());

    /// <summary>The whole backup, with its snapshot.</summary>
    [Benchmark]
    [Processes(WalkWorkload.Files, Unit = "files")]
    public void Unchanged() => Work();
}
