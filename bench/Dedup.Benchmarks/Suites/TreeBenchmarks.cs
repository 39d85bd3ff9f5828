using BenchmarkDotNet.Attributes;

namespace Dedup.Benchmarks;

/// <summary>The pages of a directory of 1000 files; SHA-256 of 1 MiB beside it.</summary>
public class TreeBenchmarks : WorkloadBenchmarks
{
    /// <summary>Prepares <see cref="Sha256"/>.</summary>
    [GlobalSetup(Target = nameof(Sha256))]
    public void SetUpSha256() => Use(new HashCalibration(1 << 20));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public void Sha256() => Work();

    /// <summary>Prepares <see cref="Encode"/>.</summary>
    [GlobalSetup(Target = nameof(Encode))]
    public void SetUpEncode() => Use(new TreeWorkload(decodes: false));

    /// <summary>Writes the pages and computes their ids.</summary>
    [Benchmark]
    [Processes(TreeWorkload.Nodes, Unit = "nodes")]
    public void Encode() => Work();

    /// <summary>Prepares <see cref="Decode"/>.</summary>
    [GlobalSetup(Target = nameof(Decode))]
    public void SetUpDecode() => Use(new TreeWorkload(decodes: true));

    /// <summary>Reads the pages.</summary>
    [Benchmark]
    [Processes(TreeWorkload.Nodes, Unit = "nodes")]
    public void Decode() => Work();
}
