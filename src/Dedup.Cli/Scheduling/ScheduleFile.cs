namespace Dedup.Cli.Scheduling;

/// <summary>A file of a schedule, or the part of one that is the program's.</summary>
/// <param name="Path">Where it lies; for people, where it is no file.</param>
/// <param name="Text">Its content.</param>
internal sealed record ScheduleFile(string Path, string Text);
