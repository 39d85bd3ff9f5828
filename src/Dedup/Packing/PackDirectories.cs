using Dedup.Crypto;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>Finds out what a pack holds from the pack alone: by its footer, or by scanning where that is damaged.</summary>
internal static class PackDirectories
{
    /// <summary>Reads what a pack holds.</summary>
    /// <returns><see langword="null"/> when the pack is gone, or its header is damaged and nothing in it can be opened.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static PackDirectory? TryRead(IObjectStore store, RepositoryKeys keys, PackId pack, CancellationToken cancellationToken)
    {
        if (store.InfoAsync(RepositoryObjects.Pack(pack), cancellationToken).Wait() is not { } info)
        {
            return null;
        }

        try
        {
            return TryReadFooter(store, keys, pack, info.Length, cancellationToken) ?? TryScan(store, keys, pack, info.Length, cancellationToken);
        }
        catch (ObjectNotFoundException)
        {
            // Deleted since.
            return null;
        }
    }

    private static PackDirectory? TryReadFooter(IObjectStore store, RepositoryKeys keys, PackId pack, long length, CancellationToken cancellationToken)
    {
        try
        {
            return PackReader.ReadFooterAsync(store, keys, pack, length, cancellationToken).Wait();
        }
        catch (CorruptDataException)
        {
            return null;
        }
    }

    private static PackDirectory? TryScan(IObjectStore store, RepositoryKeys keys, PackId pack, long length, CancellationToken cancellationToken)
    {
        try
        {
            return PackReader.ScanAsync(store, keys, pack, length, cancellationToken).Wait();
        }
        catch (CorruptDataException)
        {
            return null;
        }
    }
}
