using System.Collections.Concurrent;
using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>The headers of packs that several threads read from at once: each is one request, whoever wants it first.</summary>
internal sealed class PackHeaders(IObjectStore store)
{
    /// <summary>How many are kept: 8 MB of memory, and a read more for some packs of a restore of more than two terabytes.</summary>
    private const int MaxKept = 1 << 16;

    private readonly ConcurrentDictionary<PackId, Lazy<Task<byte[]>>> _headers = new();

    /// <summary>Reads a header, or waits for who reads it.</summary>
    /// <returns>The header; shorter than one where the pack is cut off. It fails with an <see cref="ObjectNotFoundException"/> or another
    /// <see cref="StoreException"/> for all who want it.</returns>
    public Task<byte[]> ReadAsync(PackId pack, CancellationToken cancellationToken)
    {
        if (_headers.Count >= MaxKept)
        {
            _headers.Clear();
        }

        return _headers.GetOrAdd(
            pack,
            static (pack, arguments) => new Lazy<Task<byte[]>>(() => PackReader.ReadHeaderAsync(arguments.store, pack, arguments.cancellationToken).AsTask()),
            (store, cancellationToken)).Value;
    }
}
