using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>
/// What the index segments of the store say of each pack, read afresh: the catalogue may know better than a segment that was damaged
/// since. Of each pack only a digest of its entries is kept, so that memory does not grow with the number of blobs.
/// </summary>
internal sealed class PackIndex
{
    private readonly Dictionary<PackId, EntriesDigest> _packs = [];

    /// <summary>The packs that are listed.</summary>
    public IReadOnlyCollection<PackId> Packs => _packs.Keys;

    /// <summary>Reads all segments; damaged ones become findings.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<PackIndex> ReadAsync(CheckContext context)
    {
        PackIndex index = new();
        await foreach (ObjectInfo info in context.Store.ListAsync(RepositoryObjects.Index, context.CancellationToken).ConfigureAwait(false))
        {
            try
            {
                await index.ReadSegmentAsync(context, info).ConfigureAwait(false);
            }
            catch (CorruptDataException exception)
            {
                context.Add(exception);
            }
        }

        return index;
    }

    /// <summary>Whether the pack is listed.</summary>
    public bool Lists(PackId pack) => _packs.ContainsKey(pack);

    /// <summary>Whether the index says of a pack what the pack's own directory says.</summary>
    public bool Agrees(PackDirectory directory) => !_packs.TryGetValue(directory.Id, out EntriesDigest known) || known == EntriesDigest.Of(directory);

    private async Task ReadSegmentAsync(CheckContext context, ObjectInfo info)
    {
        if (!Bytes32.TryParse(info.Name.Leaf, out Bytes32 id))
        {
            throw new CorruptDataException(info.Name.Value, -1, "is no name of an index segment");
        }

        byte[] whole = await StoreReading.ReadAllAsync(context.Store, info.Name, Limits.MaxSegmentLength, context.CancellationToken).ConfigureAwait(false);
        ContentHash.Verify(whole, id, info.Name.Value);
        foreach (PackDirectory pack in IndexSegmentFormat.Open(whole, context.Keys, info.Name.Value).Packs)
        {
            EntriesDigest digest = EntriesDigest.Of(pack);
            if (!_packs.TryAdd(pack.Id, digest) && _packs[pack.Id] != digest)
            {
                context.Add(FindingKind.IndexMismatch, info.Name.Value, $"{info.Name}: says of pack {pack.Id} what another segment contradicts");
            }
        }
    }

    /// <summary>A digest of a pack's directory; both sides are computed in this process and authenticated, so nobody can aim at it.</summary>
    private readonly record struct EntriesDigest(long Length, int Count, int Digest)
    {
        public static EntriesDigest Of(PackDirectory directory)
        {
            HashCode hash = default;
            foreach (PackEntry entry in directory.Entries)
            {
                hash.Add(entry);
            }

            return new EntriesDigest(directory.Length, directory.Entries.Count, hash.ToHashCode());
        }
    }
}
