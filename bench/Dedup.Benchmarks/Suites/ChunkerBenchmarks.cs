using BenchmarkDotNet.Attributes;
using Dedup.Chunking;

namespace Dedup.Benchmarks;

/// <summary>Cutting into chunks, with each kernel that this processor has; SHA-256 on as much beside it.</summary>
public class ChunkerBenchmarks : WorkloadBenchmarks
{
    /// <summary>The kernels of this processor.</summary>
    public static IEnumerable<string> Kernels =>
        Enum.GetValues<RawHitKernel>().Where(RawHitScanner.IsSupported).Select(kernel => kernel.ToString());

    /// <summary>The kernel.</summary>
    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    /// <summary>Prepares <see cref="Sha256"/>.</summary>
    [GlobalSetup(Target = nameof(Sha256))]
    public void SetUpSha256() => Use(new HashCalibration(ChunkerWorkload.Length));

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(ChunkerWorkload.Length)]
    public void Sha256() => Work();

    /// <summary>Prepares <see cref="FindCuts"/>.</summary>
    [GlobalSetup(Target = nameof(FindCuts))]
    public void SetUpFindCuts() => Use(new ChunkerWorkload(Enum.Parse<RawHitKernel>(Kernel)));

    /// <summary>Cuts a stream from its beginning, skipping what cannot matter.</summary>
    [Benchmark]
    [Processes(ChunkerWorkload.Length)]
    public void FindCuts() => Work();
}
