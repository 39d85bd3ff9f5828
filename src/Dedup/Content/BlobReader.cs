using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dedup.Content;

/// <summary>
/// Reads single blobs: finds, fetches, opens and checks them. Where the catalogue leads astray (it is only a cache) the pack's own
/// directory is asked, and every copy is tried before a blob is given up. Where a pack is gone since the catalogue was brought up to
/// the store, a prune may have moved what it held: the catalogue is brought up once more. One thread at a time.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">The repository's keys.</param>
/// <param name="catalogue">Where blobs lie.</param>
/// <param name="metadata">The store through which trees and lists are read: one that keeps them on this machine, or the store itself.</param>
internal sealed class BlobReader(IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, IObjectStore metadata) : IDisposable
{
    private readonly BlobDecoder _decoder = new(keys);
    private readonly PackSealCache _seals = new(store, keys);
    private readonly PackSealCache _metadataSeals = new(metadata, keys);
    private readonly RecentDirectories _recent = new(catalogue);
    private readonly HashSet<PackId> _gone = [];
    private byte[] _record = [];
    private bool _mayLookAgain = true;

    public BlobReader(IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue)
        : this(store, keys, catalogue, store)
    {
    }

    /// <summary>Reads a blob.</summary>
    /// <exception cref="BlobMissingException">No pack holds it.</exception>
    /// <exception cref="CorruptDataException">Every copy is damaged; the exception names the first.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public byte[] Read(BlobId id, BlobKind kind, CancellationToken cancellationToken)
    {
        CorruptDataException? damage = null;
        if (TryRead(id, kind, ref damage, cancellationToken) is { } plain)
        {
            return plain;
        }

        if (_mayLookAgain)
        {
            // Once for every pack that turns out gone: of what is really lost nobody is asked again and again.
            _mayLookAgain = false;
            new CatalogueSynchronizer(store, keys, catalogue, NullLogger.Instance).SynchroniseAsync(cancellationToken).GetAwaiter().GetResult();
            CorruptDataException? damageAfter = null;
            if (TryRead(id, kind, ref damageAfter, cancellationToken) is { } moved)
            {
                return moved;
            }

            damage ??= damageAfter;
        }

        if (damage is not null)
        {
            throw damage;
        }

        catalogue.RequireNew(id);
        throw new BlobMissingException(id);
    }

    private byte[]? TryRead(BlobId id, BlobKind kind, ref CorruptDataException? damage, CancellationToken cancellationToken)
    {
        IReadOnlyList<BlobLocation> locations =
            TryFind(id, kind, out BlobLocation first) && !_gone.Contains(first.Pack) ? [first] : catalogue.FindAll(id);
        foreach (BlobLocation location in locations)
        {
            if (TryRead(location, kind, ref damage, cancellationToken) is { } plain)
            {
                return plain;
            }
        }

        return ReadElsewhere(id, kind, ref damage, cancellationToken);
    }

    /// <summary>Reads a record whose place is known.</summary>
    /// <returns>The plaintext; <see langword="null"/> when it is damaged, of another kind or not there, and <paramref name="damage"/> then says so.</returns>
    public byte[]? TryRead(in BlobLocation location, BlobKind kind, ref CorruptDataException? damage, CancellationToken cancellationToken)
    {
        if (kind == BlobKind.Data || metadata == store)
        {
            return TryRead(store, _seals, location, kind, ref damage, cancellationToken);
        }

        // What is kept on this machine may be as the store once gave it, damaged: only what the store says now counts.
        CorruptDataException? keptDamage = null;
        return TryRead(metadata, _metadataSeals, location, kind, ref keptDamage, cancellationToken)
            ?? TryRead(store, _seals, location, kind, ref damage, cancellationToken);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _seals.Dispose();
        _metadataSeals.Dispose();
    }

    private byte[]? TryRead(
        IObjectStore from, PackSealCache seals, in BlobLocation location, BlobKind kind, ref CorruptDataException? damage, CancellationToken cancellationToken)
    {
        PackEntry entry = location.Entry;
        string name = RepositoryObjects.Pack(location.Pack).Value;
        if (entry.Kind != kind)
        {
            damage ??= new CorruptDataException(name, entry.Offset, $"blob {entry.Id} is of kind {entry.Kind} where {kind} is needed");
            return null;
        }

        try
        {
            PackSeal seal = seals.Get(location.Pack, cancellationToken);
            if (_record.Length < entry.StoredLength)
            {
                _record = GC.AllocateUninitializedArray<byte>(entry.StoredLength);
            }

            Memory<byte> record = _record.AsMemory(0, entry.StoredLength);
            PackReader.ReadExactlyAsync(from, RepositoryObjects.Pack(location.Pack), entry.Offset, record, cancellationToken).Wait();
            byte[] plain = GC.AllocateUninitializedArray<byte>(entry.PlainLength);
            if (_decoder.TryDecode(seal, entry, record.Span, plain))
            {
                return plain;
            }

            damage ??= new CorruptDataException(name, entry.Offset, $"blob {entry.Id} is damaged");
        }
        catch (CorruptDataException exception)
        {
            damage ??= exception;
        }
        catch (ObjectNotFoundException exception)
        {
            damage ??= new CorruptDataException(name, -1, "is missing", exception);
            _mayLookAgain |= _gone.Add(location.Pack);
        }

        return null;
    }

    private bool TryFind(BlobId id, BlobKind kind, out BlobLocation location)
    {
        if (_recent.TryFind(id, out location))
        {
            return true;
        }

        bool isFound = catalogue.TryFind(id, out location);
        if (isFound && kind != BlobKind.Data)
        {
            _recent.Note(location.Pack);
        }

        return isFound;
    }

    /// <summary>Asks the packs themselves where the blob is, in case the catalogue or an index segment is wrong.</summary>
    private byte[]? ReadElsewhere(BlobId id, BlobKind kind, ref CorruptDataException? damage, CancellationToken cancellationToken)
    {
        foreach (BlobLocation location in catalogue.FindAll(id))
        {
            if (PackDirectories.TryRead(store, keys, location.Pack, cancellationToken) is not { } directory)
            {
                continue;
            }

            foreach (PackEntry entry in directory.Entries)
            {
                if (entry.Id == id && TryRead(new BlobLocation(location.Pack, directory.Kind, entry), kind, ref damage, cancellationToken) is { } plain)
                {
                    return plain;
                }
            }
        }

        return null;
    }
}
