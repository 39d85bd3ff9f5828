using Dedup.Catalogue;
using Dedup.Content;

namespace Dedup.Browsing;

/// <summary>Readers of blobs for as many threads as ask, each for one at a time; what they know of packs serves the next.</summary>
/// <param name="catalogue">The catalogue of the repository.</param>
/// <param name="open">Makes a reader.</param>
internal sealed class BlobReaderPool(CatalogueHolder catalogue, Func<CatalogueDatabase, BlobReader> open) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<PooledBlobReader> _idle = [];
    private bool _isClosed;

    /// <summary>Takes a reader out; to be disposed.</summary>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public PooledBlobReader Take()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_idle.TryPop(out PooledBlobReader? idle))
            {
                return idle;
            }
        }

        CatalogueLease lease = catalogue.Rent();
        return new PooledBlobReader(this, lease, open(lease.Database));
    }

    /// <summary>Does something with a reader; once more when the catalogue was damaged.</summary>
    public T Use<T>(Func<BlobReader, T> use)
    {
        using (PooledBlobReader reader = Take())
        {
            try
            {
                return use(reader.Blobs);
            }
            catch (CatalogueDamagedException)
            {
                reader.Abandon();
            }
        }

        // Others in the pool may still use the damaged one.
        CatalogueLease lease = catalogue.Rent();
        using PooledBlobReader fresh = new(this, lease, open(lease.Database));
        return use(fresh.Blobs);
    }

    /// <summary>Takes a reader back.</summary>
    public void Return(PooledBlobReader reader)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _idle.Push(reader);
                return;
            }
        }

        reader.Close();
    }

    /// <summary>Closes it; readers that are out are closed when they come back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        while (_idle.TryPop(out PooledBlobReader? idle))
        {
            idle.Close();
        }
    }
}
