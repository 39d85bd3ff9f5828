using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>Reading whole small objects.</summary>
internal static class StoreReading
{
    /// <summary>Most of these objects are far shorter, and come whole with the first request.</summary>
    private const int FirstLength = 64 << 10;

    /// <summary>Reads an object whole.</summary>
    /// <exception cref="CorruptDataException">It is longer than such an object can be, or ends before its length.</exception>
    /// <exception cref="StoreException">It is not there, or the store failed.</exception>
    public static async ValueTask<byte[]> ReadAllAsync(IObjectStore store, ObjectName name, long maxLength, CancellationToken cancellationToken)
    {
        byte[] first = GC.AllocateUninitializedArray<byte>((int)Math.Min(FirstLength, maxLength + 1));
        int read = await store.ReadAsync(name, 0, first, cancellationToken).ConfigureAwait(false);
        if (read < first.Length)
        {
            return first[..read];
        }

        ObjectInfo info = await store.InfoAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw new ObjectNotFoundException(name, store.Location);
        if (info.Length > maxLength)
        {
            throw new CorruptDataException(name.Value, -1, $"is {info.Length} bytes long; at most {maxLength} are allowed");
        }

        byte[] content = new byte[info.Length];
        await PackReader.ReadExactlyAsync(store, name, 0, content, cancellationToken).ConfigureAwait(false);
        return content;
    }
}
