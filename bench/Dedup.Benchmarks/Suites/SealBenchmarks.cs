using BenchmarkDotNet.Attributes;

namespace Dedup.Benchmarks;

/// <summary>Sealing and opening records of a pack; SHA-256 beside it.</summary>
public class SealBenchmarks : WorkloadBenchmarks
{
    /// <summary>Prepares <see cref="Sha256"/>.</summary>
    [GlobalSetup(Target = nameof(Sha256))]
    public void SetUpSha256() => Use(new HashCalibration(SealWorkload.Length));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(SealWorkload.Length)]
    public void Sha256() => Work();

    /// <summary>Prepares <see cref="Seal"/>.</summary>
    [GlobalSetup(Target = nameof(Seal))]
    public void SetUpSeal() => Use(new SealWorkload(opens: false));

    /// <summary>Seals records of 256 KiB.</summary>
    [Benchmark]
    [Processes(SealWorkload.Length)]
    public void Seal() => Work();

    /// <summary>Prepares <see cref="Open"/>.</summary>
    [GlobalSetup(Target = nameof(Open))]
    public void SetUpOpen() => Use(new SealWorkload(opens: true));

    /// <summary>Opens records of 256 KiB.</summary>
    [Benchmark]
    [Processes(SealWorkload.Length)]
    public void Open() => Work();
}
