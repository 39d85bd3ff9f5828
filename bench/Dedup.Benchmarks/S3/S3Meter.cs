using System.Diagnostics;
using System.Globalization;

namespace Dedup.Benchmarks;

/// <summary>Measures something that talks with a server on this machine.</summary>
internal static class S3Meter
{
    /// <summary>The variable that names the server's processes, by their numbers and commas between.</summary>
    public const string ServerVariable = "DEDUP_BENCH_SERVER";

    /// <summary>What /proc/PID/stat counts in (proc(5)): USER_HZ is 100 on every machine that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <param name="work">Does it, and tells the bytes of objects and the requests that it took.</param>
    public static async Task<S3Row> MeasureAsync(Func<Task<(long Bytes, long Requests)>> work)
    {
        PeakMemory.Reset();
        double serverBefore = ServerSeconds();
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        (long bytes, long requests) = await work().ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TimeSpan processor = Environment.CpuUsage.TotalTime - processorBefore;
        return new S3Row(elapsed.TotalSeconds, processor.TotalSeconds, ServerSeconds() - serverBefore, bytes, requests, PeakMemory.Read());
    }

    private static double ServerSeconds() => (Environment.GetEnvironmentVariable(ServerVariable) ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Sum(static process =>
        {
            // Behind the name, which may hold spaces: user time is field 14, system time field 15.
            string[] fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        });
}
