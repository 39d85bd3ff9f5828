using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Dedup.Benchmarks;

/// <summary>A catalogue of 10^7 blobs: what a repository of some 5 TB has.</summary>
[BenchmarkCategory(BenchmarkSettings.Large)]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 3)]
public class LargeCatalogueBenchmarks : WorkloadBenchmarks
{
    private const long Blobs = 10_000_000;

    /// <summary>Prepares <see cref="FindKnown"/>.</summary>
    [GlobalSetup(Target = nameof(FindKnown))]
    public void SetUpFindKnown() => Use(new CatalogueWorkload(Blobs, known: true));

    /// <summary>Prepares one run of <see cref="FindKnown"/>.</summary>
    [IterationSetup(Target = nameof(FindKnown))]
    public void PrepareFindKnown() => Prepare();

    /// <summary>Finds a thousand blobs that are known, others at each iteration.</summary>
    [Benchmark]
    [Processes(CatalogueWorkload.Lookups, Unit = "lookups")]
    public void FindKnown() => Work();

    /// <summary>Prepares <see cref="FindUnknown"/>.</summary>
    [GlobalSetup(Target = nameof(FindUnknown))]
    public void SetUpFindUnknown() => Use(new CatalogueWorkload(Blobs, known: false));

    /// <summary>Does not find a thousand blobs that are not known.</summary>
    [Benchmark]
    [Processes(CatalogueWorkload.Lookups, Unit = "lookups")]
    public void FindUnknown() => Work();

    /// <summary>Prepares <see cref="Synchronise"/>.</summary>
    [GlobalSetup(Target = nameof(Synchronise))]
    public void SetUpSynchronise() => Use(new SynchronisationWorkload(Blobs));

    /// <summary>Prepares one run of <see cref="Synchronise"/>.</summary>
    [IterationSetup(Target = nameof(Synchronise))]
    public void PrepareSynchronise() => Prepare();

    /// <summary>Lists and reads all segments into an empty catalogue.</summary>
    [Benchmark]
    [Processes(Blobs, Unit = "blobs")]
    public void Synchronise() => Work();
}
