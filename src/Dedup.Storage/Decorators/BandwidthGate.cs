namespace Dedup.Storage;

/// <summary>
/// Lets bytes through at a limited rate: a token bucket that holds an eighth of a second. Over a time t no more than rate * (t + 1/8 s) go
/// through, whoever asks for how much; those who wait come through in the order in which they asked.
/// </summary>
internal sealed class BandwidthGate(BandwidthLimit limit, TimeProvider time)
{
    private const int SlicesPerSecond = 8;

    /// <summary>Smaller slices would make a request of every few bytes.</summary>
    private const int MinSlice = 4 << 10;

    private static readonly TimeSpan Capacity = TimeSpan.FromSeconds(1) / SlicesPerSecond;

    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();

    /// <summary>When all that was let through until now will have had its share of time, counted from the origin.</summary>
    private TimeSpan _paidUntil;

    /// <summary>How many bytes should be let through at once: what an eighth of a second takes.</summary>
    /// <param name="wanted">How many there are.</param>
    public int SliceOf(int wanted) =>
        limit.BytesPerSecondAt(time.GetLocalNow()) is { } rate ? (int)Math.Min(wanted, Math.Max(rate / SlicesPerSecond, MinSlice)) : wanted;

    /// <summary>Waits until so many bytes may pass.</summary>
    public async ValueTask PassAsync(long bytes, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            // Slice by slice, so that a change of the rate takes effect at once.
            int slice = SliceOf((int)Math.Min(bytes, int.MaxValue));
            if (limit.BytesPerSecondAt(time.GetLocalNow()) is { } rate && Reserve(slice, rate) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }

            bytes -= slice;
        }
    }

    /// <returns>How long to wait, in whole milliseconds rounded up, because timers cut off what is less.</returns>
    private TimeSpan Reserve(int bytes, long bytesPerSecond)
    {
        lock (_lock)
        {
            TimeSpan now = time.GetElapsedTime(_origin);
            if (_paidUntil < now - Capacity)
            {
                _paidUntil = now - Capacity;
            }

            _paidUntil += TimeSpan.FromTicks((long)Math.Ceiling(bytes * (decimal)TimeSpan.TicksPerSecond / bytesPerSecond));
            return TimeSpan.FromMilliseconds(Math.Ceiling((_paidUntil - now).TotalMilliseconds));
        }
    }
}
