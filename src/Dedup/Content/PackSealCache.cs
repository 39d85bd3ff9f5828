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
    public PackSeal Get(PackId pack, CancellationToken cancellationToken)
    {
        if (_seals.TryGetValue(pack, out PackSeal? seal))
        {
            return seal;
        }

        seal = PackReader.OpenSealAsync(store, keys, pack, cancellationToken).Wait();
        if (_order.Count == Capacity)
        {
            _seals.Remove(_order.Dequeue(), out PackSeal? oldest);
            oldest!.Dispose();
        }

        _seals.Add(pack, seal);
        _order.Enqueue(pack);
        return seal;
    }

    public void Dispose()
    {
        foreach (PackSeal seal in _seals.Values)
        {
            seal.Dispose();
        }
    }
}
