using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Storage;

namespace Dedup.Repairing;

/// <summary>Tells whether data blobs are whole: by the index where nothing speaks against it, by reading them where something does. One thread at a time.</summary>
/// <param name="blobs">Reads them.</param>
/// <param name="catalogue">Tells where they lie.</param>
/// <param name="damagedPacks">The packs that are known to be damaged.</param>
/// <param name="readAll">Whether every blob is read.</param>
internal sealed class SuspectBlobs(BlobReader blobs, CatalogueDatabase catalogue, IReadOnlySet<PackId> damagedPacks, bool readAll)
{
    private readonly Dictionary<(BlobId Blob, long Length), bool> _known = [];

    /// <exception cref="StoreException">The store failed.</exception>
    public bool IsReadable(BlobId blob, long length, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue((blob, length), out bool isReadable))
        {
            isReadable = Find(blob, length, cancellationToken);
            _known.Add((blob, length), isReadable);
        }

        return isReadable;
    }

    private bool Find(BlobId blob, long length, CancellationToken cancellationToken)
    {
        IReadOnlyList<BlobLocation> locations = catalogue.FindAll(blob);
        if (locations.Count == 0)
        {
            catalogue.RequireNew(blob);
            return false;
        }

        bool isTrusted = !readAll && locations.Any(location => !damagedPacks.Contains(location.Pack)
            && location.Entry.Kind == BlobKind.Data && location.Entry.PlainLength == length);
        return isTrusted || TryRead(blob, length, cancellationToken);
    }

    private bool TryRead(BlobId blob, long length, CancellationToken cancellationToken)
    {
        try
        {
            return blobs.Read(blob, BlobKind.Data, cancellationToken).Length == length;
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            return false;
        }
    }
}
