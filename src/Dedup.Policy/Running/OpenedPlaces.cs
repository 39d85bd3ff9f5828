using Dedup.Policy.Documents;
using Dedup.Storage;

namespace Dedup.Policy.Running;

/// <summary>The store of a repository and the repository itself, each opened when it is first needed and closed with this.</summary>
internal sealed class OpenedPlaces(RepositoryPolicy policy, RunnerServices services, CancellationToken cancellationToken) : IAsyncDisposable
{
    private IObjectStore? _store;
    private Repository? _repository;

    public async Task<IObjectStore> OpenStoreAsync() => _store ??= await services.OpenStore(policy.Place, policy.S3, cancellationToken).ConfigureAwait(false);

    public async Task<Repository> OpenAsync()
    {
        IObjectStore store = await OpenStoreAsync().ConfigureAwait(false);
        RepositoryOptions options = services.RepositoryOptions with { TimeProvider = services.Time, CacheDirectory = policy.CacheDirectory ?? services.RepositoryOptions.CacheDirectory };
        return _repository ??= await services.OpenRepository(store, policy, options, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_repository is not null)
        {
            await _repository.DisposeAsync().ConfigureAwait(false);
        }

        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }
}
