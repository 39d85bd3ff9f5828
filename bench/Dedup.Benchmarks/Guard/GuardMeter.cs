using System.Diagnostics;

namespace Dedup.Benchmarks;

/// <summary>
/// Measures a part and its calibration in turn and keeps the best of each: what disturbs a measurement only ever makes it longer,
/// so the least is nearest to the truth.
/// </summary>
/// <param name="part">The part.</param>
/// <param name="isCanary">Whether the part does its work twice where it should do it once.</param>
internal sealed class GuardMeter(GuardedPart part, bool isCanary) : IDisposable
{
    /// <summary>Long against the microseconds that the clock tells, short enough to fall between two disturbances.</summary>
    private static readonly TimeSpan ShortestMeasurement = TimeSpan.FromMilliseconds(2);

    private readonly Workload _work = part.Make();
    private readonly Workload _calibration = part.MakeCalibration();
    private int _workRuns = 1, _calibrationRuns = 1;
    private TimeSpan _bestWork = TimeSpan.MaxValue, _bestCalibration = TimeSpan.MaxValue;

    public GuardedPart Part => part;

    /// <summary>The part's time in units of its calibration's.</summary>
    public double Ratio => _bestWork / _bestCalibration;

    /// <summary>The part's best time.</summary>
    public TimeSpan Best => _bestWork;

    /// <summary>Makes everything compiled and cached, and finds out how many runs make a measurement.</summary>
    public void WarmUp()
    {
        Time(_calibration, 1);
        Time(_work, 1);
        _calibrationRuns = RunsFor(Time(_calibration, 1));
        _workRuns = RunsFor(Time(_work, 1));
    }

    /// <summary>Measures once more.</summary>
    public void Measure()
    {
        _bestCalibration = Shorter(_bestCalibration, Time(_calibration, _calibrationRuns) / _calibrationRuns);
        _bestWork = Shorter(_bestWork, Time(_work, isCanary ? 2 * _workRuns : _workRuns) / _workRuns);
    }

    public void Dispose()
    {
        _work.Dispose();
        _calibration.Dispose();
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static int RunsFor(TimeSpan one) => (int)Math.Ceiling(ShortestMeasurement / (one > TimeSpan.FromMicroseconds(1) ? one : TimeSpan.FromMicroseconds(1)));

    private TimeSpan Time(Workload workload, int runs)
    {
        TimeSpan total = default;
        for (int i = 0; i < runs; i++)
        {
            workload.Prepare();
            TimeSpan start = Now();
            workload.Run();
            total += Now() - start;
        }

        return total;
    }

    private TimeSpan Now() => part.Clock == GuardClock.Processor ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);
}
