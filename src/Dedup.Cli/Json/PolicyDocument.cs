using Dedup.Policy.Documents;

namespace Dedup.Cli.Json;

/// <summary>What a policy does, and when.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Digest">The SHA-256 of its file.</param>
/// <param name="Host">The machine's name in snapshots.</param>
/// <param name="Zone">The time zone.</param>
/// <param name="Sources">What is backed up.</param>
/// <param name="Repositories">Where to.</param>
internal sealed record PolicyDocument(
    string Title, string Digest, string Host, string Zone, IReadOnlyList<PolicySourceDetail> Sources, IReadOnlyList<PolicyRepositoryDetail> Repositories)
{
    public static PolicyDocument From(BackupPolicy policy, DateTimeOffset now) => new(
        policy.Title,
        policy.Digest,
        policy.Host,
        policy.Zone.Id,
        [.. policy.Sources.Select(source => PolicySourceDetail.From(source, now))],
        [.. policy.Repositories.Select(repository => PolicyRepositoryDetail.From(repository, now))]);
}
