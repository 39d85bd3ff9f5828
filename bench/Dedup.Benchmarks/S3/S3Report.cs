using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>Writes bench/results/s3-DATE.md.</summary>
internal static class S3Report
{
    public static void Write(S3Results results, int rounds, int megabytes)
    {
        string date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, "bench", "results")).FullName;
        string path = Path.Combine(folder, $"s3-{date}.md");
        File.WriteAllLines(path, Lines(results, rounds, megabytes, date));
        Console.WriteLine($"s3: wrote {path}");
    }

    private static IEnumerable<string> Lines(S3Results results, int rounds, int megabytes, string date)
    {
        yield return $"# S3, {date}";
        yield return $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, a gateway of Ceph with all data in memory on the same cores; "
            + $"`dotnet run -c Release --project bench/Dedup.Benchmarks -- s3 {rounds} {megabytes}`. {megabytes} MB of random bytes in 10,000 files; medians of {rounds} rounds, "
            + "everything in turn. Plain requests move objects as many and as long as those of the repository. CPU is the client's and the server's: both share the cores, so that their sum limits what is possible.";
        yield return "";
        yield return "| what | seconds | all rounds | MB/s | CPU client | CPU server | requests | peak memory |";
        yield return "|---|---:|---|---:|---:|---:|---:|---:|";
        foreach (string name in results.Names)
        {
            IReadOnlyList<S3Row> rows = results.Of(name);
            double Median(Func<S3Row, double> of) => S3Results.Median(rows.Select(of));
            yield return $"| {name} | {results.Seconds(name):F2} | {string.Join(", ", rows.Select(row => $"{row.Seconds:F2}"))} | {Median(row => row.MegabytesPerSecond):F0} "
                + $"| {Median(row => row.ProcessorSeconds):F2} s | {Median(row => row.ServerSeconds):F2} s | {Median(row => row.Requests):F0} | {rows.Max(row => row.PeakBytes) / 1048576.0:F0} MiB |";
        }

        yield return "";
        yield return "| | by the clock | by the processor's time | should be |";
        yield return "|---|---:|---:|---:|";
        yield return $"| backup, of the throughput of the fastest plain PUT | {Share(results.Seconds, S3Rounds.BackUp, S3Rounds.PlainPut):P0} "
            + $"| {Share(results.ProcessorSeconds, S3Rounds.BackUp, S3Rounds.PlainPut):P0} | 70 % or more |";
        yield return $"| restore, of the throughput of the fastest plain GET | {Share(results.Seconds, S3Rounds.Restore, S3Rounds.PlainGet):P0} "
            + $"| {Share(results.ProcessorSeconds, S3Rounds.Restore, S3Rounds.PlainGet):P0} | 70 % or more |";
        yield return $"| restore, of the throughput of the fastest plain GET of a range, which the SDK does not check | {Share(results.Seconds, S3Rounds.Restore, S3Rounds.PlainRange):P0} "
            + $"| {Share(results.ProcessorSeconds, S3Rounds.Restore, S3Rounds.PlainRange):P0} | |";
        yield return $"| backup at 50 ms a request, times the time at 0 ms | {Slowdown(results, S3Rounds.BackUp):F2} | | 1.5 or less |";
        yield return $"| restore at 50 ms a request, times the time at 0 ms | {Slowdown(results, S3Rounds.Restore):F2} | | 1.5 or less |";
    }

    private static double Share(Func<string, double> cost, string engine, string plain) => S3Rounds.Parallel
        .Select(parallel => cost(string.Format(CultureInfo.InvariantCulture, plain, parallel)))
        .Min() / cost(engine);

    private static double Slowdown(S3Results results, string engine) =>
        results.Seconds(engine + S3Rounds.Later) / results.Seconds(engine + S3Rounds.AtOnce);
}
