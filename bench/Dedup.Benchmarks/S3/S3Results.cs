namespace Dedup.Benchmarks;

/// <summary>All rows that were measured, by what was measured.</summary>
internal sealed class S3Results
{
    private readonly List<(string Name, List<S3Row> Rows)> _all = [];

    /// <summary>What was measured, in the order in which it first was.</summary>
    public IEnumerable<string> Names => _all.Select(measured => measured.Name);

    public void Add(string name, S3Row row)
    {
        Console.WriteLine($"  {name}: {row.Seconds:F2} s, {row.MegabytesPerSecond:F0} MB/s, CPU {row.ProcessorSeconds:F2} + {row.ServerSeconds:F2} s, {row.Requests} requests, peak {row.PeakBytes / 1048576.0:F0} MiB");
        if (_all.Find(measured => measured.Name == name).Rows is { } rows)
        {
            rows.Add(row);
        }
        else
        {
            _all.Add((name, [row]));
        }
    }

    public IReadOnlyList<S3Row> Of(string name) => _all.Find(measured => measured.Name == name).Rows ?? throw new ArgumentException($"'{name}' was not measured.", nameof(name));

    /// <summary>The median of the times, in seconds.</summary>
    public double Seconds(string name) => Median(Of(name).Select(static row => row.Seconds));

    /// <summary>The median of the processor's times of client and server together, in seconds.</summary>
    public double ProcessorSeconds(string name) => Median(Of(name).Select(static row => row.ProcessorSeconds + row.ServerSeconds));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
