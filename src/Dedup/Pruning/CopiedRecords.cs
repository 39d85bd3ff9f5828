namespace Dedup.Pruning;

/// <summary>
/// Which records this prune copied into packs that it wrote and read back itself. A record is known by its pack and place; that the first bytes
/// of the id agree as well shows that both speak of the same one.
/// </summary>
internal sealed class CopiedRecords
{
    private readonly Dictionary<PackId, NewPack> _written = [];

    /// <summary>Notes a pack that is durable, and listed.</summary>
    public void Add(PackId pack, NewPack content) => _written[pack] = content;

    /// <summary>Those whose copies lie in one of some packs, by the pack that they were copied from.</summary>
    public ILookup<PackId, PackPart> In(IReadOnlySet<PackId> holders) =>
        _written.Where(pack => holders.Contains(pack.Key)).SelectMany(pack => pack.Value.Sources).ToLookup(part => part.Pack);
}
