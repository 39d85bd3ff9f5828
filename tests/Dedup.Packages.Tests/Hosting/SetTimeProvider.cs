namespace Dedup.Packages.Tests.Hosting;

/// <summary>A clock that is set by hand.</summary>
internal sealed class SetTimeProvider : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
