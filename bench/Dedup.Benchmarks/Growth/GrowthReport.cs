using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>Writes the rows as a table to read and one to plot: bench/results/growth-DATE.md and .csv.</summary>
internal static class GrowthReport
{
    public static void Write(IReadOnlyList<GrowthRow> rows)
    {
        string date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, "bench", "results")).FullName;
        string path = Path.Combine(folder, $"growth-{date}");
        File.WriteAllLines(path + ".csv", [GrowthRow.CsvHeader, .. rows.Select(row => row.ToCsv())]);
        File.WriteAllLines(path + ".md", Table(rows, date));
        Console.WriteLine($"growth: wrote {path}.md and {path}.csv");
    }

    private static IEnumerable<string> Table(IReadOnlyList<GrowthRow> rows, string date)
    {
        yield return $"# Growth, {date}";
        yield return $"{Environment.ProcessorCount} cores, .NET {Environment.Version}; `dotnet run -c Release --project bench/Dedup.Benchmarks -- growth`. "
            + "Files of 16 bytes each; blobs of index segments made for this. Growth: time an operation against the row of a tenth of the size; 1.0 is linear.";
        yield return "";
        yield return "| of | count | step | time | CPU | an operation | growth | peak memory | repository | a thing | catalogue |";
        yield return "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|";
        foreach (GrowthRow row in rows)
        {
            GrowthRow? smaller = rows.FirstOrDefault(other => other.Kind == row.Kind && other.Step == row.Step && other.Count * 10 == row.Count);
            string growth = smaller is null ? "" : $"{row.MicrosecondsEach / smaller.MicrosecondsEach:F2}";
            yield return $"| {row.Kind} | {row.Count:N0} | {row.Step} | {row.Seconds:F3} s | {row.ProcessorSeconds:F3} s | {row.MicrosecondsEach:F2} µs | {growth} "
                + $"| {MiB(row.PeakBytes)} | {MiB(row.RepositoryBytes)} | {(double)row.RepositoryBytes / row.Count:F0} B | {MiB(row.CatalogueBytes)} |";
        }
    }

    private static string MiB(long bytes) => $"{bytes / 1048576.0:F1} MiB";
}
