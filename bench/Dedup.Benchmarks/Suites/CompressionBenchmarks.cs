using BenchmarkDotNet.Attributes;
using Dedup.Compression;

namespace Dedup.Benchmarks;

/// <summary>Compressing chunks; the LZ4 library itself beside it.</summary>
public class CompressionBenchmarks : WorkloadBenchmarks
{
    /// <summary>What is compressed.</summary>
    [Params(DataKind.Text, DataKind.Records, DataKind.Random)]
    public DataKind Data { get; set; }

    /// <summary>Prepares <see cref="Lz4Library"/>.</summary>
    [GlobalSetup(Target = nameof(Lz4Library))]
    public void SetUpLz4Library() => Use(new Lz4Calibration(Data, CompressionWorkload.Length));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(CompressionWorkload.Length)]
    public void Lz4Library() => Work();

    /// <summary>Prepares <see cref="Lz4"/>.</summary>
    [GlobalSetup(Target = nameof(Lz4))]
    public void SetUpLz4() => Use(new CompressionWorkload(CompressionOptions.Lz4, Data));

    /// <summary>LZ4.</summary>
    [Benchmark]
    [Processes(CompressionWorkload.Length)]
    public void Lz4() => Work();

    /// <summary>Prepares <see cref="Zstd1"/>.</summary>
    [GlobalSetup(Target = nameof(Zstd1))]
    public void SetUpZstd1() => Use(new CompressionWorkload(CompressionOptions.Zstd(1), Data));

    /// <summary>zstd at level 1.</summary>
    [Benchmark]
    [Processes(CompressionWorkload.Length)]
    public void Zstd1() => Work();

    /// <summary>Prepares <see cref="Zstd3"/>.</summary>
    [GlobalSetup(Target = nameof(Zstd3))]
    public void SetUpZstd3() => Use(new CompressionWorkload(CompressionOptions.Zstd(3), Data));

    /// <summary>zstd at level 3.</summary>
    [Benchmark]
    [Processes(CompressionWorkload.Length)]
    public void Zstd3() => Work();
}
