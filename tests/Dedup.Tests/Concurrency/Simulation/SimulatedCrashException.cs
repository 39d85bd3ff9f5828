namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>Ends an actor at a store operation, as a power failure would. Nothing in the engine knows it.</summary>
internal sealed class SimulatedCrashException : Exception;
