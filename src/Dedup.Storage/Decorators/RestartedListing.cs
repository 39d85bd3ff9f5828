namespace Dedup.Storage;

/// <summary>
/// A listing that begins anew after a failure and then leaves out what it gave before. What was written or deleted in between may be in it or
/// not, as the contract says; all else is in it once.
/// </summary>
internal sealed class RestartedListing(IObjectStore store, string folder) : IAsyncDisposable
{
    private readonly HashSet<ObjectName> _given = [];
    private IAsyncEnumerator<ObjectInfo>? _objects;

    /// <summary>The next object; <see langword="null"/> at the end. After a failure the next call begins anew.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<ObjectInfo?> NextAsync(CancellationToken cancellationToken)
    {
        bool isWhole = false;
        try
        {
            _objects ??= store.ListAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
            ObjectInfo? next = null;
            while (next is null && await _objects.MoveNextAsync().ConfigureAwait(false))
            {
                next = _given.Add(_objects.Current.Name) ? _objects.Current : null;
            }

            isWhole = true;
            return next;
        }
        finally
        {
            if (!isWhole)
            {
                await DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_objects is { } objects)
        {
            _objects = null;
            await objects.DisposeAsync().ConfigureAwait(false);
        }
    }
}
