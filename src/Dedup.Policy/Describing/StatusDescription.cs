using System.Globalization;
using Dedup.Policy.Running;
using Dedup.Policy.Wording;

namespace Dedup.Policy.Describing;

/// <summary>Says in words how things stand.</summary>
internal static class StatusDescription
{
    /// <summary>The lines; those that belong to the one before are indented.</summary>
    /// <param name="status">How things stand.</param>
    /// <param name="zone">Whose wall clock counts.</param>
    public static IEnumerable<string> Lines(PolicyStatus status, TimeZoneInfo zone) =>
        [.. status.Sources.SelectMany(source => Lines(source, zone)), .. status.Repositories.SelectMany(repository => Lines(repository, zone)), Say(status, zone)];

    /// <summary>How old all of it is.</summary>
    private static string Say(PolicyStatus status, TimeZoneInfo zone) => status.Runner switch
    {
        { Began: null } => "as of now: nobody has carried out this policy here yet",
        { Began: { } began } runner when runner.IsAtWork(status.Time) => $"as of {PolicyDescription.Say(began, zone)}, when a run began that is under way",
        { Ended: { } ended } => $"as of {PolicyDescription.Say(ended, zone)}, {DurationWords.SayRoughly(status.Time - ended)} ago",
        { Began: { } began } => $"as of {PolicyDescription.Say(began, zone)}, when a run began that was cut off",
    };

    private static IEnumerable<string> Lines(SourceStatus source, TimeZoneInfo zone)
    {
        yield return $"source {source.Name}: {(source.IsWell ? "well" : source.IsLossTooLarge ? "RPO EXCEEDED" : source.State.Failure is not null ? "FAILED" : source.LateSince is not null ? "LATE" : "DRILL FAILED")}";
        yield return source.State.LastGood is { } last
            ? $"  last good backup {PolicyDescription.Say(last, zone)}, {DurationWords.SayRoughly(source.Age!.Value)} ago{(source.LargestLoss is { } largest ? $" of {DurationWords.Say(largest)} allowed" : "")}"
            : "  no good backup yet";
        if (source.LateSince is { } late)
        {
            yield return $"  was due {PolicyDescription.Say(late, zone)}, and nobody runs it";
        }

        if (source.State.Failure is { } failure)
        {
            yield return $"  failed {PolicyDescription.Say(source.State.Failed!.Value, zone)}: {failure}";
        }

        if (source.State.Drilled is { } drilled)
        {
            string recovery = source.State.Recovery is { } time
                ? $", a recovery takes {DurationWords.SayRoughly(time)}{(source.LongestRecovery is { } longest ? $" of {DurationWords.Say(longest)} allowed" : "")}"
                : "";
            yield return $"  last drill {PolicyDescription.Say(drilled, zone)}{recovery}";
        }

        if (source.State.DrillFailure is { } found)
        {
            yield return $"  the drill failed: {found}";
        }

        if (source.State.Missed > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {source.State.Missed} runs were missed");
        }

        if (source.Next.Count > 0)
        {
            yield return $"  next {string.Join(", ", source.Next.Select(time => PolicyDescription.Say(time, zone)))}";
        }
    }

    private static IEnumerable<string> Lines(RepositoryStatus repository, TimeZoneInfo zone)
    {
        yield return $"repository {repository.Name}: {(repository.IsWell ? "well" : repository.State is { Checked: not null, IsWhole: false } ? "DAMAGED" : "A REPLICA IS BEHIND")}";
        if (repository.State.Checked is { } at)
        {
            yield return $"  checked {PolicyDescription.Say(at, zone)}; {(repository.OldestReadAge is { } age ? $"every byte was read within {DurationWords.SayRoughly(age)}" : "some bytes were never read again")}";
        }

        foreach (ReplicaStatus replica in repository.Replicas)
        {
            string lag = replica.Lag is not { } behind ? "was never whole" : behind == TimeSpan.Zero ? "is up to date" : $"is {DurationWords.SayRoughly(behind)} behind";
            yield return $"  replica {replica.Name} {lag}{(replica.State.Failure is { } failure ? $"; the last try failed: {failure}" : "")}";
        }
    }
}
