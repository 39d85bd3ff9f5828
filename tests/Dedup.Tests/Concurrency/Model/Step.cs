namespace Dedup.Tests.Concurrency.Model;

/// <summary>A step that can be taken.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Actor">The number of the backup or prune that takes it.</param>
/// <param name="Detail">The packs, the session or the record that it is about.</param>
internal readonly record struct Step(PackedState State, StepKind Kind, int Actor, int Detail);
