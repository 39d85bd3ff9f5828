namespace Dedup.Testing;

/// <summary>A fault of a <see cref="FaultyStore"/>.</summary>
/// <param name="Moment">When the mutation fails.</param>
/// <param name="IsTransient">What the exception says about trying again.</param>
/// <param name="IsFatal">Whether every call after it fails too, as if the process had been killed or the store lost.</param>
public sealed record StoreFault(FaultMoment Moment, bool IsTransient = false, bool IsFatal = false);
