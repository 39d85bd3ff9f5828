using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;

namespace Dedup.Repairing;

/// <summary>Brings the blobs of damaged and missing packs to safety. One thread at a time.</summary>
internal sealed class BlobSalvage
{
    private readonly RepairContext _context;
    private readonly HashSet<PackId> _damagedPacks;
    private readonly Replica? _replica;
    private readonly Dictionary<BlobId, List<BlobLocation>> _wanted = [];

    /// <param name="context">The repository.</param>
    /// <param name="packs">What the packs hold, or held.</param>
    /// <param name="damagedPacks">Those of them that are there.</param>
    /// <param name="replica">Where else blobs may be found.</param>
    public BlobSalvage(RepairContext context, IEnumerable<PackDirectory> packs, HashSet<PackId> damagedPacks, Replica? replica)
    {
        _context = context;
        _damagedPacks = damagedPacks;
        _replica = replica;
        foreach (PackDirectory pack in packs.OrderBy(pack => pack.Id))
        {
            foreach (PackEntry entry in pack.Entries)
            {
                if (!_wanted.TryGetValue(entry.Id, out List<BlobLocation>? copies))
                {
                    _wanted.Add(entry.Id, copies = []);
                }

                copies.Add(new BlobLocation(pack.Id, pack.Kind, entry));
            }
        }
    }

    /// <summary>Whether a blob is one of those.</summary>
    public bool Wants(BlobId blob) => _wanted.ContainsKey(blob);

    /// <summary>Looks at each blob: one that is whole in a sound pack is left alone, any other is stored anew from wherever it is whole.</summary>
    /// <param name="writer">Stores whatever it is given; <see langword="null"/> to find out only.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Storage.StoreException">A store failed.</exception>
    public SalvageResult Run(BlobWriter? writer, CancellationToken cancellationToken)
    {
        long salvaged = 0, healed = 0;
        List<RepairProblem> lost = [];
        using BlobReader blobs = new(_context.Store, _context.Keys, _context.Catalogue);
        foreach ((BlobId blob, List<BlobLocation> copies) in _wanted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BlobKind kind = copies[0].Entry.Kind;
            if (FirstWhole(blobs, _context.Catalogue.FindAll(blob).Where(copy => !_damagedPacks.Contains(copy.Pack)), kind, cancellationToken) is not null)
            {
                continue;
            }

            byte[]? plain = FirstWhole(blobs, copies.Where(copy => _damagedPacks.Contains(copy.Pack)), kind, cancellationToken);
            if (plain is not null)
            {
                salvaged++;
            }
            else if (_replica?.TryRead(blob, kind, cancellationToken) is { } copied)
            {
                plain = copied;
                healed++;
            }
            else
            {
                string name = RepositoryObjects.Pack(copies[0].Pack).Value;
                lost.Add(new RepairProblem(RepairProblemKind.LostBlob, name, $"{name} at byte {copies[0].Entry.Offset}: blob {blob} is lost: it is whole nowhere"));
                continue;
            }

            writer?.Write(kind, plain);
        }

        return new SalvageResult(salvaged, healed, lost);
    }

    private static byte[]? FirstWhole(BlobReader blobs, IEnumerable<BlobLocation> copies, BlobKind kind, CancellationToken cancellationToken)
    {
        CorruptDataException? damage = null;
        foreach (BlobLocation copy in copies)
        {
            if (blobs.TryRead(copy, kind, ref damage, cancellationToken) is { } plain)
            {
                return plain;
            }
        }

        return null;
    }
}
