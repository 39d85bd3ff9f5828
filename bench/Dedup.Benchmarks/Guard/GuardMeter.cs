using System.Diagnostics;

namespace Dedup.Benchmarks;

/// <summary>
/// Measures a part and its calibration in turn and keeps the best of each: what disturbs a measurement only ever makes it longer,
/// so the least is nearest to the truth.
/// </summary>
/// <param name="part">The part.</param>
/// <param name="repeats">How often the part does its work in one measurement: 1, and 2 for a canary.</param>
internal sealed class GuardMeter(GuardedPart part, int repeats) : IDisposable
{
    private readonly Workload _work = part.Make();
    private readonly Workload _calibration = part.MakeCalibration();
    private TimeSpan _bestWork = TimeSpan.MaxValue, _bestCalibration = TimeSpan.MaxValue;

    public GuardedPart Part => part;

    /// <summary>The part's time in units of its calibration's.</summary>
    public double Ratio => _bestWork / _bestCalibration;

    /// <summary>The part's best time.</summary>
    public TimeSpan Best => _bestWork;

    /// <summary>Measures once more.</summary>
    public void Measure()
    {
        _bestCalibration = Shorter(_bestCalibration, Time(_calibration, 1));
        _bestWork = Shorter(_bestWork, Time(_work, repeats));
    }

    /// <summary>Makes everything compiled and cached, unmeasured.</summary>
    public void WarmUp()
    {
        Time(_calibration, 1);
        Time(_work, 1);
    }

    public void Dispose()
    {
        _work.Dispose();
        _calibration.Dispose();
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private TimeSpan Time(Workload workload, int times)
    {
        TimeSpan total = default;
        for (int i = 0; i < times; i++)
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
