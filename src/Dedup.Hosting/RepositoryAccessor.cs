using Dedup.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dedup.Hosting;

/// <summary>
/// The repository of a host: opened once, shared by all, closed with the host. For what runs before the host has started, such as the constructors of its services,
/// and for who opens it late; everybody else injects <see cref="Repository"/> itself. All members may be called from several threads at once.
/// </summary>
public sealed class RepositoryAccessor : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly DedupHostOptions _options;
    private readonly SemaphoreSlim _opening = new(1);
    private IObjectStore? _store;
    private volatile Repository? _repository;
    private bool _isDisposed;

    internal RepositoryAccessor(IServiceProvider services, IOptions<DedupHostOptions> options)
    {
        _services = services;
        _options = options.Value;
    }

    /// <summary>The repository, if it is open.</summary>
    public Repository? Current => _repository;

    /// <summary>The repository; the first call opens it, and after one that failed the next tries again.</summary>
    /// <exception cref="InvalidOperationException">The options do not say where the store is or what opens it.</exception>
    /// <exception cref="ObjectDisposedException">The host has stopped.</exception>
    /// <exception cref="DedupException">The repository cannot be opened: see <see cref="Repository.OpenAsync"/> and <see cref="Repository.CreateAsync"/>.</exception>
    public async ValueTask<Repository> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_repository is { } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _repository ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Closes the repository, then its store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (_repository is { } open)
            {
                _repository = null;
                await open.DisposeAsync().ConfigureAwait(false);
                await _store!.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Whether the store still holds the repository, for the cost of one request.</summary>
    internal async Task<bool> IsThereAsync(CancellationToken cancellationToken) => _store is { } store && await Repository.ExistsAsync(store, cancellationToken).ConfigureAwait(false);

    private async Task<Repository> OpenAsync(CancellationToken cancellationToken)
    {
        IObjectStore store = Require(_options.OpenStore, nameof(DedupHostOptions.OpenStore))(_services);
        bool isOpen = false;
        try
        {
            Credentials credentials = Require(_options.Credentials, nameof(DedupHostOptions.Credentials))(_services);
            RepositoryOptions use = Complete(_options.Repository);
            Repository repository = _options.Create is { } create
                ? await Repository.OpenOrCreateAsync(store, credentials, create, use, cancellationToken).ConfigureAwait(false)
                : await Repository.OpenAsync(store, credentials, use, cancellationToken).ConfigureAwait(false);
            _store = store;
            isOpen = true;
            return repository;
        }
        finally
        {
            if (!isOpen)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private RepositoryOptions Complete(RepositoryOptions options) => options with
    {
        TimeProvider = options.TimeProvider == TimeProvider.System ? _services.GetService<TimeProvider>() ?? TimeProvider.System : options.TimeProvider,
        LoggerFactory = options.LoggerFactory is NullLoggerFactory ? _services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance : options.LoggerFactory,
    };

    private static T Require<T>(T? value, string name)
        where T : class => value ?? throw new InvalidOperationException($"AddDedup: set {nameof(DedupHostOptions)}.{name}");
}
