using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>The keys of the packs read last, each of which costs a read and a derivation. One thread at a time.</summary>
internal sealed class PackSealCache(IObjectStore store, RepositoryKeys keys) : IDisposable
{
    private const int Capacity = 256;

    private readonly Dictionary<PackId, PackSeal> _seals = [];
    private readonly Queue<PackId> _order = new();

    /// <exception cref="CorruptDataException">The pack's header is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public PackSeal Get(PackId pack, CancellationToken cancellationToken) =>
        _seals.TryGetValue(pack, out PackSeal? seal) ? seal : Add(pack, PackReader.OpenSealAsync(store, keys, pack, cancellationToken).Wait());

    /// <summary>Begins to read the header of a pack whose keys are not here.</summary>
    /// <returns><see langword="null"/> when the keys are here.</returns>
    public Task<byte[]>? BeginReading(PackId pack, PackHeaders headers, CancellationToken cancellationToken) =>
        _seals.ContainsKey(pack) ? null : headers.ReadAsync(pack, cancellationToken);

    /// <summary>The keys of a pack whose header was read meanwhile.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="header">What <see cref="BeginReading"/> brought; <see langword="null"/> when the keys were here then.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="CorruptDataException">The pack's header is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public PackSeal Get(PackId pack, byte[]? header, CancellationToken cancellationToken) => header is null || _seals.ContainsKey(pack)
        ? Get(pack, cancellationToken)
        : Add(pack, PackSeal.Open(keys, header, RepositoryObjects.Pack(pack).Value));

    public void Dispose()
    {
        foreach (PackSeal seal in _seals.Values)
        {
            seal.Dispose();
        }
    }

    private PackSeal Add(PackId pack, PackSeal seal)
    {
        if (_order.Count == Capacity)
        {
            _seals.Remove(_order.Dequeue(), out PackSeal? oldest);
            oldest!.Dispose();
        }

        _seals.Add(pack, seal);
        _order.Enqueue(pack);
        return seal;
    }
}
