namespace Dedup.Tests.Browsing;

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class HandTurnedTime : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public override long GetTimestamp() => _ticks;

    public void Turn(TimeSpan time) => _ticks += time.Ticks;
}
