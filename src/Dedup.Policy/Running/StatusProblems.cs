using Dedup.Policy.Wording;

namespace Dedup.Policy.Running;

/// <summary>Finds what needs a look.</summary>
internal static class StatusProblems
{
    public static IReadOnlyList<StatusProblem> Of(PolicyStatus status) =>
    [
        .. status.Sources.SelectMany(source => Of(source, status.Time)),
        .. status.Repositories.SelectMany(Of),
    ];

    private static IEnumerable<StatusProblem> Of(SourceStatus source, DateTimeOffset now)
    {
        if (source.LateSince is { } since)
        {
            yield return new(StatusProblemKind.Late, source.Name, $"was due {DurationWords.SayRoughly(now - since)} ago, and nobody runs it");
        }

        if (source.State.Failure is { } failure)
        {
            yield return new(StatusProblemKind.Failed, source.Name, failure);
        }

        if (source.IsLossTooLarge)
        {
            yield return new(
                StatusProblemKind.LossTooLarge, source.Name, source.Age is { } age ? $"the last good backup is {DurationWords.SayRoughly(age)} old, where {DurationWords.Say(source.LargestLoss!.Value)} are allowed" : "there is no good backup");
        }

        if (source.State.DrillFailure is { } found)
        {
            yield return new(StatusProblemKind.DrillFailed, source.Name, found);
        }
    }

    private static IEnumerable<StatusProblem> Of(RepositoryStatus repository)
    {
        if (repository.State is { Checked: not null, IsWhole: false })
        {
            yield return new(StatusProblemKind.Damaged, repository.Name, "the last check found damage");
        }

        foreach (ReplicaStatus replica in repository.Replicas)
        {
            string subject = $"{repository.Name}/{replica.Name}";
            if (replica.State.Failure is { } failure)
            {
                yield return new(StatusProblemKind.Failed, subject, failure);
            }

            if (replica.IsTooFarBehind)
            {
                yield return new(StatusProblemKind.Behind, subject, replica.Lag is { } lag ? $"is {DurationWords.SayRoughly(lag)} behind, where {DurationWords.Say(replica.LargestLag!.Value)} are allowed" : "was never whole");
            }
        }
    }
}
