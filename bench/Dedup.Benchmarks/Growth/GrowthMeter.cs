using System.Diagnostics;
using System.Globalization;

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
        // Gives back what the step before left behind: its memory would else be counted again.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ResetPeak();
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TimeSpan processor = Environment.CpuUsage.TotalTime - processorBefore;
        (long repository, long catalogue) = sizes();
        _rows.Add(new GrowthRow(kind, count, name, operations, elapsed.TotalSeconds, processor.TotalSeconds, Peak(), repository, catalogue));
    }

    /// <summary>The length of all files below a folder.</summary>
    public static long SizeOf(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;

    // proc(5): 5 sets the peak back to what is resident now.
    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Peak()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
