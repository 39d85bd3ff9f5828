using System.Diagnostics;

namespace Dedup.Benchmarks;

/// <summary>Measures something that talks with a server.</summary>
internal static class S3Meter
{
    /// <param name="work">Does it, and tells the bytes of objects and the requests that it took.</param>
    public static async Task<S3Row> MeasureAsync(Func<Task<(long Bytes, long Requests)>> work)
    {
        PeakMemory.Reset();
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        (long bytes, long requests) = await work().ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return new S3Row(elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processorBefore).TotalSeconds, bytes, requests, PeakMemory.Read());
    }
}
