namespace Dedup.Cli.Json;

/// <summary>A file of a schedule, or the part of one that is the program's.</summary>
/// <param name="Path">Where it lies; 'crontab' for an entry there.</param>
/// <param name="Text">Its content.</param>
internal sealed record ScheduleFileDetail(string Path, string Text);
