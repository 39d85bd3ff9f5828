using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Dedup.Benchmarks;

/// <summary>Building a catalogue anew from index segments; SHA-256 of 1 MiB a thousand blobs beside it.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class SynchronisationBenchmarks : WorkloadBenchmarks
{
    /// <summary>How many blobs the store holds.</summary>
    [Params(100_000, 1_000_000)]
    public int Blobs { get; set; }

    /// <summary>Prepares <see cref="Sha256"/>.</summary>
    [GlobalSetup(Target = nameof(Sha256))]
    public void SetUpSha256() => Use(new HashCalibration(Blobs / 1000 * (1 << 20)));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public void Sha256() => Work();

    /// <summary>Prepares <see cref="Synchronise"/>.</summary>
    [GlobalSetup(Target = nameof(Synchronise))]
    public void SetUpSynchronise() => Use(new SynchronisationWorkload(Blobs));

    /// <summary>Prepares one run of <see cref="Synchronise"/>.</summary>
    [IterationSetup(Target = nameof(Synchronise))]
    public void PrepareSynchronise() => Prepare();

    /// <summary>Lists and reads all segments into an empty catalogue.</summary>
    [Benchmark]
    public void Synchronise() => Work();
}
