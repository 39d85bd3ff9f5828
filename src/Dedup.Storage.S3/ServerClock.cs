namespace Dedup.Storage.S3;

/// <summary>What time it is where the objects lie, by the <c>Date</c> of its replies: this machine's clock may be wrong, or set by a thief.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _seen;
    private long _seenAt;

    /// <summary>The server's time now; <see langword="null"/> before its first reply.</summary>
    public DateTimeOffset? Now
    {
        get
        {
            lock (_lock)
            {
                return _seen + time.GetElapsedTime(_seenAt);
            }
        }
    }

    /// <summary>How far this machine's clock is ahead of the server's.</summary>
    public TimeSpan? Skew => time.GetUtcNow() - Now;

    public void Observe(DateTimeOffset date)
    {
        lock (_lock)
        {
            _seen = date;
            _seenAt = time.GetTimestamp();
        }
    }
}
