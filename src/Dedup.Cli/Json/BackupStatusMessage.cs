using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a backup has come. The totals are those of the parent snapshot, 0 without one.</summary>
internal sealed record BackupStatusMessage(
    long SecondsElapsed, long? SecondsRemaining, double PercentDone, long TotalFiles, long FilesDone, long TotalBytes, long BytesDone, long ErrorCount)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
