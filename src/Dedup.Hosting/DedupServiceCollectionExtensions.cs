using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dedup.Hosting;

/// <summary>Adds a repository to a host.</summary>
public static class DedupServiceCollectionExtensions
{
    /// <summary>
    /// Adds the repository that the options name: <see cref="Repository"/>, open from before the host's services start until they have stopped, and
    /// <see cref="RepositoryAccessor"/>. It logs where the host does. A host has one repository; for another, open it by hand.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says which repository it is.</param>
    /// <exception cref="InvalidOperationException">When <see cref="Repository"/> is asked for before the host has started, or with <see cref="DedupHostOptions.OpenAtStart"/> off before
    /// <see cref="RepositoryAccessor.GetAsync"/> has opened it.</exception>
    public static IServiceCollection AddDedup(this IServiceCollection services, Action<DedupHostOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.AddSingleton(static provider => new RepositoryAccessor(provider, provider.GetRequiredService<IOptions<DedupHostOptions>>()));
        services.AddSingleton(static provider => provider.GetRequiredService<RepositoryAccessor>().Current
            ?? throw new InvalidOperationException($"The repository is not open yet: ask for {nameof(RepositoryAccessor)} in what is made before the host has started."));
        services.AddSingleton<IHostedService, RepositoryOpener>();
        return services;
    }
}
