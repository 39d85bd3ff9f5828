namespace Dedup.Policy.Scheduling;

/// <summary>A run whose time has come.</summary>
/// <param name="Scheduled">Its time, the last that is not after now.</param>
/// <param name="Missed">How many runs before it nobody ran; all of those and this one, where it is not made up for.</param>
/// <param name="IsSkipped">Whether it is too late for it, and the schedule makes up for nothing: it is to be counted and not run.</param>
public sealed record DueRun(DateTimeOffset Scheduled, int Missed, bool IsSkipped)
{
    /// <summary>Beyond this nobody counts; it bounds what a clock that jumped costs.</summary>
    private const int MaxMissed = 10_000;

    /// <summary>How late a run may begin and still be on time: others run before it, or the machine is just starting.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether it is later than the runner's own time: the machine was off, or something else took long.</summary>
    /// <param name="now">The time.</param>
    public bool IsLate(DateTimeOffset now) => now - Scheduled > Tolerance;

    /// <summary>Finds out whether a run is due.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="name">Whose run, for its delay.</param>
    /// <param name="last">The time for which the last run was scheduled that was begun or skipped; <see langword="null"/> when there was none yet, which makes one due at once.</param>
    /// <param name="now">The time.</param>
    /// <returns>The run: one, however many were missed; <see langword="null"/> when none is due.</returns>
    public static DueRun? Find(Schedule schedule, string name, DateTimeOffset? last, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule.Latest(name, now) is not { } latest || latest <= last)
        {
            return null;
        }

        int missed = last is { } before ? schedule.Upcoming(name, before, MaxMissed).TakeWhile(time => time < latest).Count() : 0;
        bool isSkipped = !schedule.CatchesUp && now - latest > Tolerance;
        return new DueRun(latest, isSkipped && last is not null ? missed + 1 : missed, isSkipped);
    }
}
