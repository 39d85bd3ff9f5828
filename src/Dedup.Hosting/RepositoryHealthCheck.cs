using Dedup.Snapshots;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dedup.Hosting;

/// <summary>Whether the repository opens, the store answers, and the newest snapshot is new enough.</summary>
internal sealed class RepositoryHealthCheck(RepositoryAccessor accessor, TimeProvider time, TimeSpan? maxSnapshotAge, SnapshotFilter filter) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            Repository repository = await accessor.GetAsync(cancellationToken).ConfigureAwait(false);
            if (maxSnapshotAge is not { } age)
            {
                return await accessor.IsThereAsync(cancellationToken).ConfigureAwait(false)
                    ? HealthCheckResult.Healthy($"{repository.Location}: answers")
                    : new HealthCheckResult(context.Registration.FailureStatus, $"{repository.Location}: there is no repository any more");
            }

            Snapshot newest = await repository.FindSnapshotAsync("latest", filter, cancellationToken).ConfigureAwait(false);
            return time.GetUtcNow() - newest.Time <= age
                ? HealthCheckResult.Healthy($"{repository.Location}: the newest snapshot is of {newest.Time:u}")
                : new HealthCheckResult(context.Registration.FailureStatus, $"{repository.Location}: the newest snapshot is of {newest.Time:u}, older than {age}");
        }
        catch (DedupException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
