using System.Diagnostics;

namespace Dedup.Benchmarks;

/// <summary>Measures steps one after the other: time, and the peak of memory of each step alone.</summary>
/// <param name="kind">As in <see cref="GrowthRow"/>.</param>
/// <param name="count">As in <see cref="GrowthRow"/>.</param>
/// <param name="sizes">The sizes of repository and catalogue, in bytes, at the moment.</param>
internal sealed class GrowthMeter(string kind, long count, Func<(long Repository, long Catalogue)> sizes)
{
    private readonly List<GrowthRow> _rows = [];

    public IReadOnlyList<GrowthRow> Rows => _rows;

    public void Step(string name, long operations, Action action)
    {
        PeakMemory.Reset();
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TimeSpan processor = Environment.CpuUsage.TotalTime - processorBefore;
        (long repository, long catalogue) = sizes();
        _rows.Add(new GrowthRow(kind, count, name, operations, elapsed.TotalSeconds, processor.TotalSeconds, PeakMemory.Read(), repository, catalogue));
    }

    /// <summary>The length of all files below a folder.</summary>
    public static long SizeOf(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
}
