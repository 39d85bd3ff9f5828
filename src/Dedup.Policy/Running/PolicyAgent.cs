namespace Dedup.Policy.Running;

/// <summary>Stays, and runs what is due whenever something is.</summary>
/// <param name="runner">The runner.</param>
/// <param name="time">The clock.</param>
public sealed class PolicyAgent(PolicyRunner runner, TimeProvider time)
{
    /// <summary>How long it sleeps at most: a clock that is set, and a machine that slept, are noticed within it.</summary>
    private static TimeSpan LongestSleep { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs until it is cancelled. A run under way is ended in order then, and gone on with by the next.</summary>
    /// <param name="ended">Is given what each run did, where it did something.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateUnreadableException">What is remembered cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(Action<RunReport> ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        while (true)
        {
            RunReport report = await runner.RunDueAsync([], cancellationToken).ConfigureAwait(false);
            if (report is not { Steps.Count: 0, Missed.Count: 0 })
            {
                ended(report);
            }

            DateTimeOffset now = time.GetUtcNow();
            TimeSpan untilNext = (runner.Next(now) ?? DateTimeOffset.MaxValue) - now;
            await Task.Delay(untilNext < LongestSleep ? untilNext : LongestSleep, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
