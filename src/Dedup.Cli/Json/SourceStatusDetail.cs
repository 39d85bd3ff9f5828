using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>How a source stands.</summary>
/// <param name="Name">The source.</param>
/// <param name="Repository">Its repository.</param>
/// <param name="IsWell">Whether nothing needs a look.</param>
/// <param name="LastGood">When the last good backup began; left out when there is none.</param>
/// <param name="Snapshot">Its snapshot.</param>
/// <param name="AgeSeconds">How old it is.</param>
/// <param name="RpoSeconds">How old it may be.</param>
/// <param name="Failure">Why the last run failed; left out when it did not.</param>
/// <param name="Drilled">When the last drill began; left out when there was none.</param>
/// <param name="DrillFailure">What it found; left out when it was a success.</param>
/// <param name="RecoverySeconds">How long a recovery takes, by the last drill that could tell.</param>
/// <param name="RtoSeconds">How long it may take.</param>
/// <param name="Missed">How many runs were missed.</param>
/// <param name="Next">The next runs.</param>
internal sealed record SourceStatusDetail(
    string Name,
    string Repository,
    bool IsWell,
    DateTimeOffset? LastGood,
    string? Snapshot,
    double? AgeSeconds,
    double? RpoSeconds,
    string? Failure,
    DateTimeOffset? Drilled,
    string? DrillFailure,
    double? RecoverySeconds,
    double? RtoSeconds,
    long Missed,
    IReadOnlyList<DateTimeOffset> Next)
{
    public static SourceStatusDetail From(SourceStatus source) => new(
        source.Name,
        source.Repository,
        source.IsWell,
        source.State.LastGood,
        source.State.Snapshot,
        source.Age?.TotalSeconds,
        source.LargestLoss?.TotalSeconds,
        source.State.Failure,
        source.State.Drilled,
        source.State.DrillFailure,
        source.State.Recovery?.TotalSeconds,
        source.LongestRecovery?.TotalSeconds,
        source.State.Missed,
        source.Next);
}
