using Dedup.Policy.Describing;
using Dedup.Policy.Documents;

namespace Dedup.Cli.Json;

/// <summary>A source of a policy.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What it is: <c>paths</c>, <c>command</c>, <c>sqlite</c>, <c>postgresql</c>, <c>git</c> or <c>disk-image</c>.</param>
/// <param name="Repository">Where to.</param>
/// <param name="Schedule">When, as it was written; left out where it is only backed up when asked.</param>
/// <param name="Next">The next runs.</param>
/// <param name="Retention">Which snapshots stay.</param>
/// <param name="RpoSeconds">How old the last good backup may be, in seconds.</param>
/// <param name="RtoSeconds">How long a restore may take, in seconds.</param>
/// <param name="DrillSchedule">When a restore is proved, as it was written.</param>
/// <param name="NextDrill">When next.</param>
internal sealed record PolicySourceDetail(
    string Name,
    string Kind,
    string Repository,
    string? Schedule,
    IReadOnlyList<DateTimeOffset> Next,
    string Retention,
    double? RpoSeconds,
    double? RtoSeconds,
    string? DrillSchedule,
    DateTimeOffset? NextDrill)
{
    public static PolicySourceDetail From(SourcePolicy source, DateTimeOffset now) => new(
        source.Name,
        source.Content.Kind,
        source.Repository,
        source.Schedule?.Timetable.Text,
        [.. source.Schedule?.Upcoming(source.Name, now, PolicyDescription.Upcoming) ?? []],
        source.Retention?.ToString() ?? "everything",
        source.Objectives.LargestLoss?.TotalSeconds,
        source.Objectives.LongestRecovery?.TotalSeconds,
        source.Drill?.Schedule.Timetable.Text,
        source.Drill?.Schedule.Next(source.Name, now));
}
