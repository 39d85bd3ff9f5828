using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>How what a policy is about stands.</summary>
/// <param name="IsWell">Whether nothing needs a look.</param>
/// <param name="Time">When this was asked.</param>
/// <param name="RunBegan">When a run last began; left out when none ever did.</param>
/// <param name="RunEnded">When a run last ended: what is told here is as old as that.</param>
/// <param name="Problems">What needs a look.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Repositories">The repositories.</param>
internal sealed record StatusDocument(
    bool IsWell,
    DateTimeOffset Time,
    DateTimeOffset? RunBegan,
    DateTimeOffset? RunEnded,
    IReadOnlyList<StatusProblemDetail> Problems,
    IReadOnlyList<SourceStatusDetail> Sources,
    IReadOnlyList<RepositoryStatusDetail> Repositories)
{
    public static StatusDocument From(PolicyStatus status) => new(
        status.IsWell,
        status.Time,
        status.Runner.Began,
        status.Runner.Ended,
        [.. status.Problems.Select(StatusProblemDetail.From)],
        [.. status.Sources.Select(SourceStatusDetail.From)],
        [.. status.Repositories.Select(RepositoryStatusDetail.From)]);
}
