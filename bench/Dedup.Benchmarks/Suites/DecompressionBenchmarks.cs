using BenchmarkDotNet.Attributes;
using Dedup.Compression;

namespace Dedup.Benchmarks;

/// <summary>Decompressing chunks of text; copying memory beside it.</summary>
public class DecompressionBenchmarks : WorkloadBenchmarks
{
    /// <summary>Prepares <see cref="Copy"/>.</summary>
    [GlobalSetup(Target = nameof(Copy))]
    public void SetUpCopy() => Use(new CopyCalibration(DecompressionWorkload.Length));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(DecompressionWorkload.Length)]
    public void Copy() => Work();

    /// <summary>Prepares <see cref="Lz4"/>.</summary>
    [GlobalSetup(Target = nameof(Lz4))]
    public void SetUpLz4() => Use(new DecompressionWorkload(CompressionOptions.Lz4));

    /// <summary>LZ4.</summary>
    [Benchmark]
    [Processes(DecompressionWorkload.Length)]
    public void Lz4() => Work();

    /// <summary>Prepares <see cref="Zstd3"/>.</summary>
    [GlobalSetup(Target = nameof(Zstd3))]
    public void SetUpZstd3() => Use(new DecompressionWorkload(CompressionOptions.Zstd(3)));

    /// <summary>zstd at level 3.</summary>
    [Benchmark]
    [Processes(DecompressionWorkload.Length)]
    public void Zstd3() => Work();
}
