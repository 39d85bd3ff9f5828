using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a backup has come. The totals are those of the parent snapshot, 0 without one.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="SecondsRemaining">Seconds left at the speed so far; left out where that cannot be told.</param>
/// <param name="PercentDone">The share that is done, from 0 to 1.</param>
/// <param name="TotalFiles">How many files the parent snapshot has; 0 without one.</param>
/// <param name="FilesDone">How many files and other entries are done.</param>
/// <param name="TotalBytes">How many bytes of files the parent snapshot has; 0 without one.</param>
/// <param name="BytesDone">How many bytes are done.</param>
/// <param name="ErrorCount">How many entries could not be read or written.</param>
/// <param name="CurrentFiles">The path of the file that was begun last; left out as long as none was.</param>
internal sealed record BackupStatusMessage(
    long SecondsElapsed, long? SecondsRemaining, double PercentDone, long TotalFiles, long FilesDone, long TotalBytes, long BytesDone, long ErrorCount,
    IReadOnlyList<string>? CurrentFiles)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
