using BenchmarkDotNet.Attributes;

namespace Dedup.Benchmarks;

/// <summary>Looking up a thousand blobs in a catalogue; SHA-256 of 1 MiB beside it.</summary>
public class CatalogueBenchmarks : WorkloadBenchmarks
{
    /// <summary>How many blobs the catalogue knows.</summary>
    [Params(100_000, 1_000_000)]
    public long Blobs { get; set; }

    /// <summary>Prepares <see cref="Sha256"/>.</summary>
    [GlobalSetup(Target = nameof(Sha256))]
    public void SetUpSha256() => Use(new HashCalibration(1 << 20));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public void Sha256() => Work();

    /// <summary>Prepares <see cref="FindKnown"/>.</summary>
    [GlobalSetup(Target = nameof(FindKnown))]
    public void SetUpFindKnown() => Use(new CatalogueWorkload(Blobs, known: true));

    /// <summary>Prepares one run of <see cref="FindKnown"/>.</summary>
    [IterationSetup(Target = nameof(FindKnown))]
    public void PrepareFindKnown() => Prepare();

    /// <summary>Finds blobs that are known, others at each iteration.</summary>
    [Benchmark]
    [Processes(CatalogueWorkload.Lookups, Unit = "lookups")]
    public void FindKnown() => Work();

    /// <summary>Prepares <see cref="FindUnknown"/>.</summary>
    [GlobalSetup(Target = nameof(FindUnknown))]
    public void SetUpFindUnknown() => Use(new CatalogueWorkload(Blobs, known: false));

    /// <summary>Does not find blobs that are not known.</summary>
    [Benchmark]
    [Processes(CatalogueWorkload.Lookups, Unit = "lookups")]
    public void FindUnknown() => Work();
}
