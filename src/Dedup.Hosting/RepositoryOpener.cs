using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dedup.Hosting;

/// <summary>Opens the repository when the host starts, and closes it before what it logs to and the rest is taken down.</summary>
internal sealed class RepositoryOpener(RepositoryAccessor repository, IOptions<DedupHostOptions> options) : IHostedLifecycleService
{
    /// <summary>Before any service starts, so that all of them find the repository open.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OpenAtStart)
        {
            await repository.GetAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After every service has stopped.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await repository.DisposeAsync().ConfigureAwait(false);
}
