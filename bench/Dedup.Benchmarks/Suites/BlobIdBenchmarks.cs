using BenchmarkDotNet.Attributes;

namespace Dedup.Benchmarks;

/// <summary>The keyed id of a chunk; plain SHA-256 beside it.</summary>
public class BlobIdBenchmarks : WorkloadBenchmarks
{
    /// <summary>Prepares <see cref="Sha256"/>.</summary>
    [GlobalSetup(Target = nameof(Sha256))]
    public void SetUpSha256() => Use(new HashCalibration(BlobIdWorkload.Length));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(BlobIdWorkload.Length)]
    public void Sha256() => Work();

    /// <summary>Prepares <see cref="BlobId"/>.</summary>
    [GlobalSetup(Target = nameof(BlobId))]
    public void SetUpBlobId() => Use(new BlobIdWorkload());

    /// <summary>The ids of four chunks.</summary>
    [Benchmark]
    [Processes(BlobIdWorkload.Length)]
    public void BlobId() => Work();
}
