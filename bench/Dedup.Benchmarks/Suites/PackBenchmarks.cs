using BenchmarkDotNet.Attributes;

namespace Dedup.Benchmarks;

/// <summary>Writing a pack to a store in memory: id, LZ4, seal, read-back, publishing; the LZ4 library alone beside it.</summary>
public class PackBenchmarks : WorkloadBenchmarks
{
    /// <summary>Prepares <see cref="Lz4Library"/>.</summary>
    [GlobalSetup(Target = nameof(Lz4Library))]
    public void SetUpLz4Library() => Use(new Lz4Calibration(DataKind.Mixed, PackWorkload.Length));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(PackWorkload.Length)]
    public void Lz4Library() => Work();

    /// <summary>Prepares <see cref="WritePack"/>.</summary>
    [GlobalSetup(Target = nameof(WritePack))]
    public void SetUpWritePack() => Use(new PackWorkload());

    /// <summary>A pack of 16 blobs.</summary>
    [Benchmark]
    [Processes(PackWorkload.Length)]
    public void WritePack() => Work();
}
