using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>Another store of the same repository, looked into with a catalogue of its own. One thread at a time.</summary>
internal sealed class Replica : IDisposable
{
    private readonly ScratchCatalogue _catalogue;
    private readonly BlobReader _blobs;

    private Replica(ScratchCatalogue catalogue, BlobReader blobs)
    {
        _catalogue = catalogue;
        _blobs = blobs;
    }

    /// <exception cref="ReplicaMismatchException">It is another repository.</exception>
    /// <exception cref="RepositoryNotFoundException">There is none.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<Replica> OpenAsync(RepairContext context, IObjectStore store, CancellationToken cancellationToken)
    {
        byte[] content = await RepositoryConfigReader.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        RepositoryConfig config = ConfigFormat.Read(content, $"{store.Location}: {RepositoryObjects.Config}");
        if (!config.Repository.Equals(context.Config.Repository) || !ConfigFormat.IsAuthentic(content, context.Keys.Config))
        {
            throw new ReplicaMismatchException(store.Location);
        }

        ScratchCatalogue catalogue = context.NewScratchCatalogue();
        Replica? replica = null;
        try
        {
            await new CatalogueSynchronizer(store, context.Keys, catalogue.Database, context.Logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            return replica = new Replica(catalogue, new BlobReader(store, context.Keys, catalogue.Database));
        }
        finally
        {
            if (replica is null)
            {
                catalogue.Dispose();
            }
        }
    }

    /// <summary>Reads a blob and verifies it.</summary>
    /// <returns><see langword="null"/> when the replica does not have it whole.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public byte[]? TryRead(BlobId blob, BlobKind kind, CancellationToken cancellationToken)
    {
        try
        {
            return _blobs.Read(blob, kind, cancellationToken);
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _blobs.Dispose();
        _catalogue.Dispose();
    }
}
