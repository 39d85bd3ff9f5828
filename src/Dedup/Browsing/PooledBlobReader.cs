using Dedup.Catalogue;
using Dedup.Content;

namespace Dedup.Browsing;

/// <summary>A reader of blobs that goes back to its pool when it is disposed.</summary>
/// <param name="pool">Where it belongs.</param>
/// <param name="lease">The catalogue it uses.</param>
/// <param name="blobs">The reader itself.</param>
internal sealed class PooledBlobReader(BlobReaderPool pool, CatalogueLease lease, BlobReader blobs) : IDisposable
{
    private bool _isAbandoned;

    public BlobReader Blobs => blobs;

    /// <summary>Tells that the catalogue is damaged: neither it nor this reader is used again.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        lease.Abandon();
    }

    public void Dispose()
    {
        if (_isAbandoned)
        {
            Close();
        }
        else
        {
            pool.Return(this);
        }
    }

    /// <summary>Ends it for good.</summary>
    public void Close()
    {
        blobs.Dispose();
        lease.Dispose();
    }
}
