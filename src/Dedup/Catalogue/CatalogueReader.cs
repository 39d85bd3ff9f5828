using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>A connection that reads, for one thread at a time. Each call sees one state of the database.</summary>
internal sealed class CatalogueReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _find, _isComplete, _state, _segments, _pack, _packsAfter, _entries, _closure, _listings, _isListed;

    /// <summary>Opens the file. Call it under the folder's lock.</summary>
    public CatalogueReader(string path, int cacheKibibytes, long incarnation)
    {
        _connection = new SqliteConnection(path, cacheKibibytes, readOnly: true);
        try
        {
            if (_connection.QueryInt64("SELECT incarnation FROM state") != incarnation)
            {
                throw new CatalogueDamagedException(path, "the catalogue was replaced by another process");
            }

            // An outer join, so that a missing row shows as damage and not as an unknown blob.
            _find = _connection.Prepare($"""
                SELECT b.place, d.entries, d.pack, d.kind FROM blobs b
                LEFT JOIN directories d ON d.key = (b.place >> {Place.OrdinalBits} << {Place.RowBits})
                    + (b.place & {(1 << Place.OrdinalBits) - 1}) / {Place.EntriesPerRow}
                WHERE b.prefix = ?1
                """);
            _isComplete = _connection.Prepare("SELECT 1 FROM trees WHERE id = ?1");
            _state = _connection.Prepare(CatalogueState.Select);
            _segments = _connection.Prepare("SELECT id FROM segments");
            _pack = _connection.Prepare($"SELECT {PackRow.Columns} FROM packs WHERE id = ?1");
            _packsAfter = _connection.Prepare($"""
                SELECT {PackRow.Columns}, EXISTS(SELECT 1 FROM listings WHERE pack = packs.id)
                FROM packs WHERE id > ?1 ORDER BY id LIMIT ?2
                """);
            _entries = _connection.Prepare("SELECT entries FROM directories WHERE key >= ?1 AND key < ?2 ORDER BY key");
            _listings = _connection.Prepare("SELECT id, packs FROM segments");
            _isListed = _connection.Prepare("SELECT 1 FROM listings WHERE pack = ?1");
            _closure = _connection.Prepare("SELECT refs FROM closures WHERE page = ?1");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public CatalogueState State => CatalogueState.Read(_state, _connection);

    /// <summary>Finds copies of a blob.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="all">Takes all its copies; without it the search ends at the first.</param>
    /// <param name="first">The copy that was found first.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(BlobId id, List<BlobLocation>? all, out BlobLocation first)
    {
        bool found = false;
        first = default;
        long prefix = Place.Prefix(id.Bytes);
        _find.Bind(1, prefix);
        try
        {
            while ((all is not null || !found) && _find.Step())
            {
                BlobLocation location = ReadLocation(prefix);
                if (location.Entry.Id == id)
                {
                    first = found ? first : location;
                    found = true;
                    all?.Add(location);
                }
            }
        }
        finally
        {
            _find.Reset();
        }

        return found;
    }

    /// <summary>Finds a copy of each blob, null where there is none, in one transaction and in the order in which the lookup table has them.</summary>
    public BlobLocation?[] FindEach(BlobId[] ids)
    {
        long[] prefixes = Array.ConvertAll(ids, id => Place.Prefix(id.Bytes));
        int[] order = [.. Enumerable.Range(0, ids.Length)];
        Array.Sort(prefixes, order);
        var locations = new BlobLocation?[ids.Length];
        _connection.Transact("BEGIN", () =>
        {
            foreach (int i in order)
            {
                locations[i] = TryFind(ids[i], all: null, out BlobLocation location) ? location : null;
            }
        });
        return locations;
    }

    public bool IsComplete(BlobId rootTree)
    {
        bool complete = _isComplete.Bind(1, rootTree.Bytes).Step();
        _isComplete.Reset();
        return complete;
    }

    public HashSet<Bytes32> ReadSegments()
    {
        var segments = new HashSet<Bytes32>();
        try
        {
            while (_segments.Step())
            {
                segments.Add(_segments.Id(0));
            }
        }
        finally
        {
            _segments.Reset();
        }

        return segments;
    }

    /// <summary>Which packs each segment lists.</summary>
    public List<ListedPacks> ReadListedPacks()
    {
        var segments = new List<ListedPacks>();
        try
        {
            while (_listings.Step())
            {
                Bytes32 id = _listings.Id(0);
                ReadOnlySpan<byte> packs = _listings.Blob(1);
                var listed = new PackId[packs.Length / PackId.Length];
                for (int i = 0; i < listed.Length; i++)
                {
                    listed[i] = new PackId(packs.Slice(i * PackId.Length, PackId.Length));
                }

                segments.Add(new ListedPacks(id, listed));
            }
        }
        finally
        {
            _listings.Reset();
        }

        return segments;
    }

    /// <summary>Whether a segment lists a pack.</summary>
    public bool IsListed(PackId pack)
    {
        bool listed = _isListed.Bind(1, pack.Bytes).Step();
        _isListed.Reset();
        return listed;
    }

    /// <summary>Reads some packs in the order of their ids.</summary>
    /// <param name="after">The pack after which to begin; all zero for the first.</param>
    /// <param name="limit">How many to read at most.</param>
    public List<KnownPack> ReadPacks(PackId after, int limit)
    {
        var packs = new List<KnownPack>(limit);
        _packsAfter.Bind(1, after.Bytes).Bind(2, limit);
        try
        {
            while (_packsAfter.Step())
            {
                PackRow row = PackRow.Read(_packsAfter, _connection);
                packs.Add(new KnownPack(row.Id, row.Kind, row.Length, row.BlobCount, _packsAfter.Int64(6) != 0));
            }
        }
        finally
        {
            _packsAfter.Reset();
        }

        return packs;
    }

    /// <summary>Reads all that a pack holds; null when it is unknown.</summary>
    public PackDirectory? ReadPack(PackId id)
    {
        PackDirectory? directory = null;
        _connection.Transact("BEGIN", () =>
        {
            try
            {
                directory = _pack.Bind(1, id.Bytes).Step() ? ReadDirectory(PackRow.Read(_pack, _connection)) : null;
            }
            finally
            {
                _pack.Reset();
            }
        });
        return directory;
    }

    public PageReferences? TryReadClosure(BlobId page)
    {
        try
        {
            bool isIntact = true;
            PageReferences? references = _closure.Bind(1, ClosureRowWriter.Key(page)).Step()
                ? ClosureRecord.TryRead(_closure.Blob(0), page, out isIntact)
                : null;
            return isIntact ? references : throw _connection.Damaged("a page's references were altered");
        }
        finally
        {
            _closure.Reset();
        }
    }

    public void Dispose() => _connection.Dispose();

    private PackDirectory ReadDirectory(PackRow pack)
    {
        var entries = new List<PackEntry>(pack.BlobCount);
        uint seed = pack.Seed;
        bool intact = true;
        _entries.Bind(1, Place.RowKey(pack.Number, 0)).Bind(2, Place.RowKey(pack.Number + 1, 0));
        while (intact && _entries.Step())
        {
            ReadOnlySpan<byte> row = _entries.Blob(0);
            for (; intact && row.Length >= EntryRecord.Length; row = row[EntryRecord.Length..])
            {
                intact = EntryRecord.TryRead(row, entries.Count, seed, out PackEntry entry);
                entries.Add(entry);
            }
        }

        _entries.Reset();
        return intact && entries.Count == pack.BlobCount
            ? new PackDirectory(pack.Id, pack.Kind, pack.Length, entries)
            : throw _connection.Damaged("a pack's directory was altered");
    }

    private BlobLocation ReadLocation(long prefix)
    {
        int ordinal = Place.OrdinalOf(_find.Int64(0));
        int at = ordinal % Place.EntriesPerRow * EntryRecord.Length;
        ReadOnlySpan<byte> entries = _find.Blob(1), pack = _find.Blob(2);
        if (entries.Length >= at + EntryRecord.Length && pack.Length == PackId.Length)
        {
            var location = new BlobLocation(new PackId(pack), unchecked((PackKind)_find.Int64(3)), default);
            uint seed = EntryRecord.Seed(location.Pack, location.PackKind);
            if (EntryRecord.TryRead(entries[at..], ordinal, seed, out PackEntry entry) && Place.Prefix(entry.Id.Bytes) == prefix)
            {
                return location with { Entry = entry };
            }
        }

        throw _connection.Damaged("a blob's place was altered");
    }
}
