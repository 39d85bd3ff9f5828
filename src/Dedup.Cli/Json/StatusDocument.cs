using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>How what a policy is about stands.</summary>
/// <param name="IsWell">Whether nothing needs a look.</param>
/// <param name="Time">As of when.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Repositories">The repositories.</param>
internal sealed record StatusDocument(bool IsWell, DateTimeOffset Time, IReadOnlyList<SourceStatusDetail> Sources, IReadOnlyList<RepositoryStatusDetail> Repositories)
{
    public static StatusDocument From(PolicyStatus status) => new(
        status.IsWell, status.Time, [.. status.Sources.Select(SourceStatusDetail.From)], [.. status.Repositories.Select(RepositoryStatusDetail.From)]);
}
