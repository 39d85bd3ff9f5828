namespace Dedup.TestSupport;

/// <summary>
/// A clock that jumps: when all of a known number of workers wait for a timer it goes to the moment of the earliest, so that hours pass at
/// once and what happens when is exact. A worker is a flow of control that waits for one timer at a time and for nothing else.
/// </summary>
/// <param name="workers">How many there are.</param>
/// <param name="zone">The local time zone; <see langword="null"/> for UTC.</param>
public sealed class SimulatedTimeProvider(int workers = 1, TimeZoneInfo? zone = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Timer, (long Due, long Order)> _timers = new();
    private readonly DateTimeOffset _start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private int _workers = workers;
    private int _waiting;
    private long _order;
    private long _now;

    /// <summary>The time since the beginning, which is a midnight of UTC.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => zone ?? TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>Says that a worker is done.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _workers--;
            FireIfAllWait();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            Timer timer = new(this, callback, state);
            _timers.Enqueue(timer, (_now + dueTime.Ticks, _order++));
            _waiting++;
            FireIfAllWait();
            return timer;
        }
    }

    private void FireIfAllWait()
    {
        if (_waiting < _workers)
        {
            return;
        }

        while (_timers.TryDequeue(out Timer? timer, out (long Due, long Order) moment))
        {
            if (timer.IsWaiting)
            {
                _now = Math.Max(_now, moment.Due);
                timer.IsWaiting = false;
                _waiting--;
                _ = ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), timer, preferLocal: false);
                return;
            }
        }
    }

    private sealed class Timer(SimulatedTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public bool IsWaiting { get; set; } = true;

        public void Call() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("A simulated timer goes off once.");

        public void Dispose()
        {
            lock (time._lock)
            {
                time._waiting -= IsWaiting ? 1 : 0;
                IsWaiting = false;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
