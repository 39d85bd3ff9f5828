namespace Dedup.Benchmarks;

/// <summary>What time the guard measures.</summary>
internal enum GuardClock
{
    /// <summary>The time for which this process had a processor: other programs barely change it.</summary>
    Processor,

    /// <summary>The time on the clock: shows cores that stand idle.</summary>
    Elapsed,
}
