namespace Dedup.Benchmarks;

/// <summary>How much a benchmark processes each time.</summary>
/// <param name="amount">Bytes, or things when <see cref="Unit"/> says so.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessesAttribute(long amount) : Attribute
{
    /// <summary>How much.</summary>
    public long Amount => amount;

    /// <summary>What is counted; <see langword="null"/> for bytes.</summary>
    public string? Unit { get; init; }
}
