using System.Diagnostics;
using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>Measures how time, memory and size grow with the number of files and of blobs, each point in a process of its own.</summary>
internal static class GrowthCommand
{
    private const string Point = "--point";
    private const long DefaultLargest = 10_000_000, LargestFiles = 1_000_000, LargestPruned = 1_000_000, LargestSnapshots = 1000;

    public static int Run(string[] args)
    {
        switch (args)
        {
            case [Point, "files", var count]:
                Print(FileGrowth.Measure(int.Parse(count, CultureInfo.InvariantCulture)));
                return 0;
            case [Point, "blobs", var count]:
                Print(BlobGrowth.Measure(long.Parse(count, CultureInfo.InvariantCulture)));
                return 0;
            case [Point, "prune", var count]:
                Print(PruneGrowth.Measure(int.Parse(count, CultureInfo.InvariantCulture)));
                return 0;
            case [Point, "snapshots", var count]:
                Print(SearchGrowth.Measure(int.Parse(count, CultureInfo.InvariantCulture)));
                return 0;
            case []:
                return MeasureAll(DefaultLargest);
            case [var text] when long.TryParse(text, CultureInfo.InvariantCulture, out long largest) && largest > 0:
                return MeasureAll(largest);
            default:
                Console.Error.WriteLine("growth: give the largest number of files and blobs, such as 1000000, or nothing");
                return 2;
        }
    }

    private static int MeasureAll(long largest)
    {
        List<GrowthRow> rows = [];
        foreach ((string kind, long count) in Points(largest))
        {
            Console.WriteLine($"{kind}: {count}");
            rows.AddRange(MeasureApart(kind, count));
        }

        GrowthReport.Write(rows);
        return 0;
    }

    private static IEnumerable<(string Kind, long Count)> Points(long largest)
    {
        for (long files = 10_000; files <= Math.Min(largest, LargestFiles); files *= 10)
        {
            yield return ("files", files);
        }

        for (long blobs = 10_000; blobs <= Math.Min(largest, LargestPruned); blobs *= 10)
        {
            yield return ("prune", blobs);
        }

        for (long snapshots = 10; snapshots <= Math.Min(largest, LargestSnapshots); snapshots *= 10)
        {
            yield return ("snapshots", snapshots);
        }

        for (long blobs = 100_000; blobs <= largest; blobs *= 10)
        {
            yield return ("blobs", blobs);
        }
    }

    private static IEnumerable<GrowthRow> MeasureApart(string kind, long count)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["growth", Point, kind, count.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(GrowthRow.Parse)
            : throw new InvalidOperationException($"The measurement of {count} {kind} failed with exit code {process.ExitCode}.");
    }

    private static void Print(IEnumerable<GrowthRow> rows)
    {
        foreach (GrowthRow row in rows)
        {
            Console.WriteLine(row.ToCsv());
        }
    }
}
