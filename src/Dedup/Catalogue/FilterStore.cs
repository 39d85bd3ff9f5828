namespace Dedup.Catalogue;

/// <summary>
/// Keeps a <see cref="BlobFilter"/> in step with the database, within the transactions of one connection. The stored filter covers the
/// packs up to a number; later ones are added from their directories. So a small change does not rewrite the filter, and additions
/// of other processes are taken up in the same way. Blobs of packs that are gone stay in it until it is rebuilt.
/// </summary>
internal sealed class FilterStore
{
    /// <summary>The filter is stored when it lacks a sixteenth of the blobs, but not before so many.</summary>
    private const int SaveShare = 16, SaveAtLeast = 1 << 16;

    /// <summary>Below every pack's number: the next <see cref="CatchUp"/> loads the stored filter.</summary>
    private const int Unknown = -1;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _pages, _clear, _insert, _entriesFrom, _prefixes;
    private volatile BlobFilter _current = new(pages: 1);
    private long _through = Unknown;

    public FilterStore(SqliteConnection connection)
    {
        _connection = connection;
        _pages = connection.Prepare("SELECT page, bits, \"check\" FROM filter ORDER BY page");
        _clear = connection.Prepare("DELETE FROM filter");
        _insert = connection.Prepare("INSERT INTO filter VALUES(?1, ?2, ?3)");
        _entriesFrom = connection.Prepare("SELECT entries FROM directories WHERE key >= ?1");
        _prefixes = connection.Prepare("SELECT prefix FROM blobs");
    }

    /// <summary>The filter, for any thread.</summary>
    public BlobFilter Current => _current;

    /// <summary>Takes up what this or another process committed. Call it within a transaction.</summary>
    public void CatchUp(CatalogueState state)
    {
        if (state.FilterThrough > _through)
        {
            _current = Load(state);
            _through = state.FilterThrough;
        }

        if (state.NextPack - 1 > _through)
        {
            AddEntriesFrom(Place.RowKey(_through + 1, 0));
            _through = state.NextPack - 1;
        }
    }

    /// <summary>Stores the filter where it is due, made anew where it is full. Call it as the last step of a change.</summary>
    /// <returns>The state to store with it.</returns>
    public CatalogueState SaveIfDue(CatalogueState state)
    {
        if (_current.IsFull)
        {
            _current = Rebuild(state.Totals.Blobs);
        }
        else if (_current.Count - state.FilterBlobs < Math.Max(SaveAtLeast, state.FilterBlobs / SaveShare))
        {
            return state;
        }

        _clear.Run();
        for (int i = 0; i < _current.Pages; i++)
        {
            ReadOnlySpan<byte> page = _current.Page(i);
            _insert.Bind(1, i).Bind(2, page).Bind(3, EntryRecord.Crc(0, page)).Run();
        }

        return state with { FilterThrough = state.NextPack - 1, FilterBlobs = _current.Count };
    }

    /// <summary>The filter to add the blobs of a change to. Unless <see cref="Committed"/> follows, it is loaded again.</summary>
    public BlobFilter BeginChange()
    {
        _through = Unknown;
        return _current;
    }

    /// <summary>Tells that the change that began with <see cref="BeginChange"/> was committed.</summary>
    public void Committed(CatalogueState state) => _through = state.NextPack - 1;

    private BlobFilter Load(CatalogueState state)
    {
        var filter = new BlobFilter((int)_connection.QueryInt64("SELECT max(1, count(*)) FROM filter")) { Count = state.FilterBlobs };
        int page = 0;
        for (; _pages.Step(); page++)
        {
            ReadOnlySpan<byte> bits = _pages.Blob(1);
            if (_pages.Int64(0) != page || bits.Length != BlobFilter.PageLength || EntryRecord.Crc(0, bits) != _pages.Int64(2))
            {
                _pages.Reset();
                throw _connection.Damaged("a page of the filter was altered");
            }

            bits.CopyTo(filter.Page(page));
        }

        _pages.Reset();
        return filter;
    }

    private void AddEntriesFrom(long key)
    {
        BlobFilter filter = _current;
        _entriesFrom.Bind(1, key);
        while (_entriesFrom.Step())
        {
            ReadOnlySpan<byte> entries = _entriesFrom.Blob(0);
            for (; entries.Length >= EntryRecord.Length; entries = entries[EntryRecord.Length..])
            {
                filter.Add(Place.Prefix(new Bytes32(entries[..Bytes32.Length])));
            }
        }

        _entriesFrom.Reset();
    }

    private BlobFilter Rebuild(long blobs)
    {
        var filter = new BlobFilter(BlobFilter.PagesFor(blobs));
        while (_prefixes.Step())
        {
            filter.Add(_prefixes.Int64(0));
        }

        _prefixes.Reset();
        return filter;
    }
}
