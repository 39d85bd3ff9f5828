using Dedup.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dedup.Hosting;

/// <summary>Adds a health check of the host's repository.</summary>
public static class DedupHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check whether the repository opens and its store answers; and, when an age is given, whether the newest snapshot is not older. Each time it makes a
    /// request to the store, and with an age reads the snapshots: over a distant store let it run every few minutes, not every few seconds, or set
    /// <see cref="RepositoryOptions.MetadataCacheLength"/>.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="maxSnapshotAge">How old the newest snapshot may be; <see langword="null"/> not to look.</param>
    /// <param name="filter">The snapshots that count; <see langword="null"/> for all.</param>
    /// <param name="failureStatus">What is reported when the check fails; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags that choose between checks.</param>
    public static IHealthChecksBuilder AddDedup(
        this IHealthChecksBuilder builder, string name = "dedup", TimeSpan? maxSnapshotAge = null, SnapshotFilter? filter = null, HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new RepositoryHealthCheck(
                services.GetRequiredService<RepositoryAccessor>(), services.GetService<TimeProvider>() ?? TimeProvider.System, maxSnapshotAge, filter ?? SnapshotFilter.All),
            failureStatus,
            tags));
    }
}
