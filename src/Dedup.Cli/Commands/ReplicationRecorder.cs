using Dedup.Replication;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary>Puts replications on record in the repository where a password is configured. A replication needs none, and never fails for want of its record.</summary>
/// <param name="context">The command.</param>
/// <param name="target">Where the replica lies.</param>
internal sealed class ReplicationRecorder(CommandContext context, string target)
{
    /// <param name="source">The store of the repository.</param>
    /// <param name="report">What was done.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task RecordAsync(IObjectStore source, ReplicationReport report, TimeSpan duration, CancellationToken cancellationToken)
    {
        try
        {
            if (new PasswordSource(context.Settings, context.Invocation).Configured() is not { } credentials)
            {
                return;
            }

            string cache = context.Settings.CacheDirectory ?? RepositoryOptions.DefaultCacheDirectory;
            await using Repository repository = await RepositoryAccess.OpenAsync(context, source, credentials, cache, cancellationToken);
            await repository.RecordReplicationAsync(target, report, duration, cancellationToken);
        }
        catch (Exception exception) when (exception is DedupException or CliException)
        {
            context.Errors.WriteLog("error", $"the replication is done, but there is NO RECORD of it in the evidence: {exception.Message}");
        }
    }
}
