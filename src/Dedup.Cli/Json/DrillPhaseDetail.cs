namespace Dedup.Cli.Json;

/// <summary>What a part of a drill took.</summary>
/// <param name="Phase">Which part: open, choose, restore, verify, prepare, check, command or clean_up.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Files">Files restored or compared in it.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record DrillPhaseDetail(string Phase, double Seconds, long Files, long Bytes);
