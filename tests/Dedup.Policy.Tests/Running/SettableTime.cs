namespace Dedup.Policy.Tests.Running;

/// <summary>A clock that shows what it is set to; its timers are the system's.</summary>
internal sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
