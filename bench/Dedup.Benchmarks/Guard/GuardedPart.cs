namespace Dedup.Benchmarks;

/// <summary>A hot part that the guard watches.</summary>
/// <param name="Name">What it is called in the committed ratios.</param>
/// <param name="Make">Makes its work.</param>
/// <param name="MakeCalibration">Makes work that a faster or slower machine does faster or slower in the same proportion.</param>
/// <param name="Clock">What is measured.</param>
internal sealed record GuardedPart(string Name, Func<Workload> Make, Func<Workload> MakeCalibration, GuardClock Clock = GuardClock.Processor);
