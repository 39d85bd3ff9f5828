using Dedup.Crypto;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>Reads packs of a store: their keys, and their directories by footer or, when that is damaged, by scanning.</summary>
internal static class PackReader
{
    /// <summary>What is read of a pack's end before it is known how long its directory is: enough for 680 records.</summary>
    public const int TailLength = 32 << 10;

    /// <summary>Reads the header of a pack and remakes its key.</summary>
    /// <exception cref="CorruptDataException">The header is damaged, or another repository's.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask<PackSeal> OpenSealAsync(IObjectStore store, RepositoryKeys keys, PackId pack, CancellationToken cancellationToken) =>
        PackSeal.Open(keys, await ReadHeaderAsync(store, pack, cancellationToken).ConfigureAwait(false), RepositoryObjects.Pack(pack).Value);

    /// <summary>Reads the header of a pack; shorter than one where the pack is cut off.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask<byte[]> ReadHeaderAsync(IObjectStore store, PackId pack, CancellationToken cancellationToken)
    {
        byte[] header = new byte[PackLayout.HeaderLength];
        int read = await store.ReadAsync(RepositoryObjects.Pack(pack), 0, header, cancellationToken).ConfigureAwait(false);
        return header[..read];
    }

    /// <summary>Reads the directory of a pack from its footer: two requests at once, and one more for a directory that is long.</summary>
    /// <exception cref="CorruptDataException">Header, trailer or footer is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask<PackDirectory> ReadFooterAsync(
        IObjectStore store, RepositoryKeys keys, PackId pack, long length, CancellationToken cancellationToken)
    {
        ObjectName name = RepositoryObjects.Pack(pack);
        byte[] tail = new byte[Math.Clamp(length, PackLayout.TrailerLength, TailLength)];

        // At once: where the store is far away two requests in turn take twice as long.
        Task<byte[]> header = ReadHeaderAsync(store, pack, cancellationToken).AsTask();
        Task<int> end = store.ReadAsync(name, Math.Max(length - tail.Length, 0), tail, cancellationToken).AsTask();
        await Task.WhenAll(header, end).ConfigureAwait(false);
        using PackSeal seal = PackSeal.Open(keys, await header.ConfigureAwait(false), name.Value);
        if (length is < PackLayout.HeaderLength + PackLayout.TrailerLength or > Limits.MaxPackLength)
        {
            throw new CorruptDataException(name.Value, -1, $"{length} bytes is no length of a pack");
        }

        int read = await end.ConfigureAwait(false);
        if (read != tail.Length)
        {
            throw new CorruptDataException(name.Value, length - tail.Length + read, "is truncated");
        }

        long offset = PackFooter.OffsetFromTrailer(tail.AsSpan(tail.Length - PackLayout.TrailerLength), length, name.Value);
        byte[] footer = tail[..^PackLayout.TrailerLength];
        if (offset >= length - tail.Length)
        {
            footer = footer[(int)(offset - (length - tail.Length))..];
        }
        else
        {
            footer = new byte[length - PackLayout.TrailerLength - offset];
            await ReadExactlyAsync(store, name, offset, footer, cancellationToken).ConfigureAwait(false);
        }

        return new PackDirectory(pack, seal.Kind, length, PackFooter.Read(seal, footer, offset, name.Value));
    }

    /// <summary>Finds the records of a pack one after the other by their own headers, up to the first that is not whole.</summary>
    /// <exception cref="CorruptDataException">The pack's header is damaged, so that nothing can be opened.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask<PackDirectory> ScanAsync(
        IObjectStore store, RepositoryKeys keys, PackId pack, long length, CancellationToken cancellationToken)
    {
        ObjectName name = RepositoryObjects.Pack(pack);
        using PackSeal seal = await OpenSealAsync(store, keys, pack, cancellationToken).ConfigureAwait(false);
        List<PackEntry> entries = [];
        byte[] header = new byte[PackLayout.SealedRecordHeaderLength];
        int offset = PackLayout.HeaderLength;
        length = Math.Min(length, Limits.MaxPackLength);
        while (entries.Count < Limits.MaxBlobsPerPack
            && await store.ReadAsync(name, offset, header, cancellationToken).ConfigureAwait(false) == header.Length
            && seal.TryOpenRecordHeader(entries.Count, offset, header, out PackEntry entry)
            && entry.StoredLength <= length - offset)
        {
            entries.Add(entry);
            offset += entry.StoredLength;
        }

        return new PackDirectory(pack, seal.Kind, length, entries);
    }

    /// <summary>Reads a range that must be there.</summary>
    /// <exception cref="CorruptDataException">The object ends before the range does.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask ReadExactlyAsync(
        IObjectStore store, ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        int read = await store.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
        if (read != destination.Length)
        {
            throw new CorruptDataException(name.Value, offset + read, "is truncated");
        }
    }
}
