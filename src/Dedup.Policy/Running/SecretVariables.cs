using System.Collections;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Running;

/// <summary>The variables of this process's environment that hold secrets, or lead to them: commands of a policy have no use for them, and get them only where it says so.</summary>
internal static class SecretVariables
{
    /// <summary>What the program itself reads, and Amazon's tools.</summary>
    private static readonly string[] Beginnings = ["DEDUP_PASSWORD", "DEDUP_KEY_FILE", "DEDUP_TO_", "DEDUP_FROM_", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

    /// <summary>What is taken out of a command's environment.</summary>
    /// <param name="policy">The policy: variables that it takes secrets from are among them, whatever they are called.</param>
    /// <param name="given">Those that the command gets all the same.</param>
    /// <returns>Each with <see langword="null"/>.</returns>
    public static IEnumerable<KeyValuePair<string, string?>> Withheld(BackupPolicy policy, IReadOnlyCollection<string> given) =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static entry => (string)entry.Key)
            .Where(static name => Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)))
            .Union(Named(policy))
            .Except(given)
            .Select(static name => new KeyValuePair<string, string?>(name, null));

    private static IEnumerable<string> Named(BackupPolicy policy) =>
        policy.Repositories.SelectMany(static repository => new[] { repository.Password, repository.Emergency, repository.S3?.AccessKey, repository.S3?.SecretKey })
            .Concat(policy.Repositories.SelectMany(static repository => repository.Replicas).SelectMany(static replica => new[] { replica.S3?.AccessKey, replica.S3?.SecretKey }))
            .Concat(policy.Notifications.Select(static told => (told.Channel as WebhookChannel)?.SecretAddress))
            .Where(static secret => secret is { Kind: SecretKind.Environment })
            .Select(static secret => secret!.Value);
}
