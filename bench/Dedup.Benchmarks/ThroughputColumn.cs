using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Dedup.Benchmarks;

/// <summary>What <see cref="ProcessesAttribute"/> says, a second: MB/s (10^6 bytes), or thousands of things.</summary>
internal sealed class ThroughputColumn : IColumn
{
    public string Id => nameof(ThroughputColumn);

    public string ColumnName => "Throughput";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Work done a second of the mean";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<ProcessesAttribute>() is not { } processed
            || summary[benchmarkCase]?.ResultStatistics is not { } statistics)
        {
            return "-";
        }

        double perSecond = processed.Amount * 1e9 / statistics.Mean;
        return processed.Unit is null
            ? string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:N0} MB/s")
            : string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e3:N0} k {processed.Unit}/s");
    }
}
