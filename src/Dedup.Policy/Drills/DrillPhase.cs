namespace Dedup.Policy.Drills;

/// <summary>What a part of a drill took.</summary>
/// <param name="Kind">Which part.</param>
/// <param name="Duration">How long, in sum.</param>
/// <param name="Files">Files that were restored or compared in it; 0 for other parts.</param>
/// <param name="Bytes">Their content.</param>
public sealed record DrillPhase(DrillPhaseKind Kind, TimeSpan Duration, long Files, long Bytes);
