using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Dedup.Benchmarks;

/// <summary>A corpus of 256 MiB, backed up, restored and checked on a local store in memory; the LZ4 library on one core beside it.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class PipelineBenchmarks : WorkloadBenchmarks
{
    private const int Length = 256 << 20;

    /// <summary>Prepares <see cref="Lz4Library"/>.</summary>
    [GlobalSetup(Target = nameof(Lz4Library))]
    public void SetUpLz4Library() => Use(new Lz4Calibration(DataKind.Mixed, Length));

    /// <summary>Prepares one run of <see cref="Lz4Library"/>.</summary>
    [IterationSetup(Target = nameof(Lz4Library))]
    public void PrepareLz4Library() => Prepare();

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    [Processes(Length)]
    public void Lz4Library() => Work();

    /// <summary>Prepares <see cref="BackUp"/>.</summary>
    [GlobalSetup(Target = nameof(BackUp))]
    public void SetUpBackUp() => Use(new BackupWorkload(Length));

    /// <summary>Prepares one run of <see cref="BackUp"/>.</summary>
    [IterationSetup(Target = nameof(BackUp))]
    public void PrepareBackUp() => Prepare();

    /// <summary>A first backup into a new repository.</summary>
    [Benchmark]
    [Processes(Length)]
    public void BackUp() => Work();

    /// <summary>Prepares <see cref="Restore"/>.</summary>
    [GlobalSetup(Target = nameof(Restore))]
    public void SetUpRestore() => Use(new RestoreWorkload(Length));

    /// <summary>Prepares one run of <see cref="Restore"/>.</summary>
    [IterationSetup(Target = nameof(Restore))]
    public void PrepareRestore() => Prepare();

    /// <summary>A restore into a new folder.</summary>
    [Benchmark]
    [Processes(Length)]
    public void Restore() => Work();

    /// <summary>Prepares <see cref="CheckData"/>.</summary>
    [GlobalSetup(Target = nameof(CheckData))]
    public void SetUpCheckData() => Use(new CheckWorkload(Length));

    /// <summary>Prepares one run of <see cref="CheckData"/>.</summary>
    [IterationSetup(Target = nameof(CheckData))]
    public void PrepareCheckData() => Prepare();

    /// <summary>A check that reads all data.</summary>
    [Benchmark]
    [Processes(Length)]
    public void CheckData() => Work();
}
