using Dedup.Crypto;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>
/// What the index segments of the store say of each pack, read afresh: the catalogue may know better than a segment that was damaged
/// since. Of each pack only a digest of its entries is kept, so that memory does not grow with the number of blobs.
/// </summary>
internal sealed class PackIndex
{
    private readonly Dictionary<PackId, EntriesDigest> _packs = [];
    private readonly Dictionary<PackId, PackDirectory> _kept = [];
    private readonly List<(PackId Pack, string Segment, EntriesDigest Digest)> _contradictions = [];
    private readonly List<CorruptDataException> _damage = [];
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    private PackIndex()
    {
    }

    /// <summary>The packs that are listed.</summary>
    public IReadOnlyCollection<PackId> Packs => _packs.Keys;

    /// <summary>The segments that could not be read, but for those that are <see cref="Superseded"/>.</summary>
    public IEnumerable<CorruptDataException> Damage => _damage.Where(damage => !_replaced.Contains(damage.ObjectName));

    /// <summary>The segments that could not be read and need not be: another one says that it lists again what they listed.</summary>
    public IEnumerable<CorruptDataException> Superseded => _damage.Where(damage => _replaced.Contains(damage.ObjectName));

    /// <summary>The directories of the packs that were asked for, as a segment lists them.</summary>
    public IReadOnlyDictionary<PackId, PackDirectory> Kept => _kept;

    /// <summary>Where a segment says of a pack what another one does not.</summary>
    public IEnumerable<(PackId Pack, string Segment)> Contradictions => _contradictions.Select(found => (found.Pack, found.Segment));

    /// <summary>Reads all segments, but for those that vanish meanwhile: they were merged into others.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="keep">The packs of which not only a digest is wanted; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<PackIndex> ReadAsync(
        IObjectStore store, RepositoryKeys keys, Predicate<PackId>? keep, CancellationToken cancellationToken)
    {
        PackIndex index = new();
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Index, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                index.Add(await ReadSegmentAsync(store, keys, info.Name, cancellationToken).ConfigureAwait(false), info.Name.Value, keep);
            }
            catch (CorruptDataException exception)
            {
                index._damage.Add(exception);
            }
            catch (ObjectNotFoundException)
            {
                // Merged into another segment since it was listed. What only that one lists shows as unlisted, which is looked at again.
            }
        }

        return index;
    }

    /// <summary>Whether the pack is listed.</summary>
    public bool Lists(PackId pack) => _packs.ContainsKey(pack);

    /// <summary>Whether the index says of a pack what the pack's own directory says, or does not list it.</summary>
    public bool Agrees(PackDirectory directory) => !_packs.TryGetValue(directory.Id, out EntriesDigest known) || known == EntriesDigest.Of(directory);

    /// <summary>Whether some segment lists a pack as the pack's own directory does.</summary>
    public bool ListsRightly(PackDirectory directory)
    {
        EntriesDigest right = EntriesDigest.Of(directory);
        return (_packs.TryGetValue(directory.Id, out EntriesDigest known) && known == right)
            || _contradictions.Exists(found => found.Pack == directory.Id && found.Digest == right);
    }

    private static async Task<IndexSegment> ReadSegmentAsync(
        IObjectStore store, RepositoryKeys keys, ObjectName name, CancellationToken cancellationToken)
    {
        if (!Bytes32.TryParse(name.Leaf, out Bytes32 id))
        {
            throw new CorruptDataException(name.Value, -1, "is no name of an index segment");
        }

        byte[] whole = await StoreReading.ReadAllAsync(store, name, Limits.MaxSegmentLength, cancellationToken).ConfigureAwait(false);
        ContentHash.Verify(whole, id, name.Value);
        return IndexSegmentFormat.Open(whole, keys, name.Value);
    }

    private void Add(IndexSegment segment, string name, Predicate<PackId>? keep)
    {
        _replaced.UnionWith(segment.Replaced.Select(replaced => RepositoryObjects.Segment(replaced).Value));
        foreach (PackDirectory pack in segment.Packs)
        {
            EntriesDigest digest = EntriesDigest.Of(pack);
            if (!_packs.TryAdd(pack.Id, digest) && _packs[pack.Id] != digest)
            {
                _contradictions.Add((pack.Id, name, digest));
            }

            if (keep?.Invoke(pack.Id) == true)
            {
                _kept.TryAdd(pack.Id, pack);
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
