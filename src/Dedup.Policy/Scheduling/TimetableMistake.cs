namespace Dedup.Policy.Scheduling;

/// <summary>Why a text is no timetable.</summary>
/// <param name="Message">What is wrong; the text itself goes before.</param>
/// <param name="Suggestion">What to write instead.</param>
public sealed record TimetableMistake(string Message, string Suggestion);
