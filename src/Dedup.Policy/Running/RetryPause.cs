namespace Dedup.Policy.Running;

/// <summary>How long what failed waits before it is tried again, unless it is due anyway: 15 minutes, then 30, 60, 120 and at most 240.</summary>
internal static class RetryPause
{
    private const int MaxDoublings = 4;

    private static TimeSpan First { get; } = TimeSpan.FromMinutes(15);

    /// <param name="failures">How often in a row it had failed before.</param>
    public static TimeSpan After(int failures) => First * Math.Pow(2, Math.Min(failures, MaxDoublings));
}
