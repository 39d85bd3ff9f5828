using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;

namespace Dedup.Benchmarks;

/// <summary>How benchmarks are run: memory, throughput and ratio columns; results below bench/results.</summary>
internal sealed class BenchmarkSettings : ManualConfig
{
    /// <summary>The category of what takes minutes or gigabytes.</summary>
    public const string Large = "large";

    /// <param name="includeLarge">Whether those of the category <see cref="Large"/> are run too.</param>
    public BenchmarkSettings(bool includeLarge)
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(new ThroughputColumn());
        AddDiagnoser(MemoryDiagnoser.Default);
        AddExporter(MarkdownExporter.GitHub, CsvExporter.Default);
        AddJob(Job.Default.WithWarmupCount(3).WithIterationCount(10).AsDefault());
        if (!includeLarge)
        {
            AddFilter(new SimpleFilter(benchmark => !benchmark.Descriptor.HasCategory(Large)));
        }

        ArtifactsPath = Path.Combine(RepositoryRoot.Path, "bench", "results", "benchmarks");
    }
}
