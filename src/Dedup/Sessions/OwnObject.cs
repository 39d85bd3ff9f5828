using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Sessions;

/// <summary>Writes objects of which only the first writer's counts.</summary>
internal static class OwnObject
{
    /// <summary>Writes an object unless the name is taken.</summary>
    /// <returns>Whether what lies there is the very content given: written now, or by an earlier try whose reply was lost.</returns>
    /// <exception cref="CorruptDataException">What lies there is longer than such an object can be.</exception>
    /// <exception cref="StoreException">The store failed; the object may be there.</exception>
    public static async Task<bool> TryPutAsync(
        IObjectStore store, ObjectName name, byte[] content, long maxLength, CancellationToken cancellationToken)
    {
        if (await store.PutIfAbsentAsync(name, content, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        try
        {
            byte[] present = await StoreReading.ReadAllAsync(store, name, maxLength, cancellationToken).ConfigureAwait(false);
            return present.AsSpan().SequenceEqual(content);
        }
        catch (ObjectNotFoundException)
        {
            // Somebody else's, which has done its duty and is gone.
            return false;
        }
    }
}
