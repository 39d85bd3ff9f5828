namespace Dedup.TestSupport;

/// <summary>
/// A clock for tests of what pauses: whoever waits for a timer gets it at once, and the clock goes forward by as much as was to be waited.
/// Any number of workers may share it, unlike <see cref="SimulatedTimeProvider"/>; each one's pauses then pass for the others too.
/// </summary>
public sealed class HurriedTimeProvider : TimeProvider
{
    private long _skipped;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            throw new NotSupportedException("A hurried timer goes off once.");
        }

        Timer timer = new(callback, state);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Interlocked.Add(ref _skipped, dueTime.Ticks);
            _ = ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), timer, preferLocal: false);
        }

        return timer;
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        private int _isOver;

        public void Call()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("A hurried timer goes off once.");

        public void Dispose() => Interlocked.Exchange(ref _isOver, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
