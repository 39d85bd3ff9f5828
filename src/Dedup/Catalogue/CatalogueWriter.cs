using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>The one connection of a <see cref="CatalogueDatabase"/> that writes, for one thread at a time.</summary>
internal sealed class CatalogueWriter : IDisposable
{
    private const int CacheKibibytes = 4096;
    private const string Begin = "BEGIN IMMEDIATE";

    private readonly SqliteConnection _connection;
    private readonly PackRowWriter _packs;
    private readonly SegmentRowWriter _segments;
    private readonly FilterStore _filter;
    private readonly ClosureRowWriter _closures;
    private readonly SqliteStatement _selectState, _updateState, _voidTrees, _insertTree;

    /// <summary>Opens a file that has the tables, and loads the filter. Call it under the folder's lock.</summary>
    /// <exception cref="CatalogueDamagedException">The file is not a catalogue of this version and repository.</exception>
    public CatalogueWriter(string path, Bytes32 repository)
    {
        _connection = new SqliteConnection(path, CacheKibibytes, readOnly: false);
        try
        {
            Incarnation = CatalogueSchema.Validate(_connection, repository);

            // New ids fall on all pages of the lookup table: several small changes share one checkpoint of 8192 pages. A large change
            // leaves a longer log behind, which would otherwise keep its length for good.
            _connection.Execute("PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 33554432");
            _packs = new PackRowWriter(_connection);
            _segments = new SegmentRowWriter(_connection);
            _filter = new FilterStore(_connection);
            _closures = new ClosureRowWriter(_connection);
            _selectState = _connection.Prepare(CatalogueState.Select);
            _updateState = _connection.Prepare(CatalogueState.Update);
            _voidTrees = _connection.Prepare("DELETE FROM trees");
            _insertTree = _connection.Prepare("INSERT OR IGNORE INTO trees VALUES(?1)");
            Refresh();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public long Incarnation { get; }

    /// <summary>The filter, for any thread.</summary>
    public BlobFilter Filter => _filter.Current;

    public void Refresh() => _connection.Transact("BEGIN", () => _filter.CatchUp(ReadState()));

    public void Apply(CatalogueChange change)
    {
        CatalogueState after = default;
        _connection.Transact(Begin, () =>
        {
            CatalogueState before = ReadState();
            _filter.CatchUp(before);
            after = Remove(change, Add(change, before, _filter.BeginChange()));
            if (after != before)
            {
                after = _filter.SaveIfDue(after);
                after.Write(_updateState);
            }
        });
        _filter.Committed(after);
        _connection.ReleaseMemory();
    }

    public bool MarkComplete(ReadOnlySpan<BlobId> rootTrees, long epoch)
    {
        BlobId[] roots = rootTrees.ToArray();
        bool current = false;
        _connection.Transact(Begin, () =>
        {
            current = ReadState().Epoch == epoch;
            foreach (BlobId root in current ? roots : [])
            {
                _insertTree.Bind(1, root.Bytes).Run();
            }
        });
        return current;
    }

    public void AddClosures(IEnumerable<KeyValuePair<BlobId, PageReferences>> closures) => _connection.Transact(Begin, () =>
    {
        foreach ((BlobId page, PageReferences references) in closures)
        {
            _closures.Add(page, references);
        }
    });

    public void RetainClosures(Func<ulong, bool> isNeeded) => _connection.Transact(Begin, () => _closures.Retain(isNeeded));

    public void Dispose() => _connection.Dispose();

    private CatalogueState Add(CatalogueChange change, CatalogueState state, BlobFilter filter)
    {
        PlaceBatch insertions = _packs.Insertions();
        foreach (CatalogueSegment segment in change.SegmentsAdded)
        {
            if (_segments.Add(segment))
            {
                foreach (PackDirectory pack in segment.Packs)
                {
                    state = _packs.Add(pack, state, insertions, filter);
                }
            }
        }

        foreach (PackDirectory pack in change.PacksAdded)
        {
            state = _packs.Add(pack, state, insertions, filter);
        }

        insertions.Flush();
        return state;
    }

    private CatalogueState Remove(CatalogueChange change, CatalogueState state)
    {
        bool lost = false;
        foreach (Bytes32 segment in change.SegmentsRemoved)
        {
            foreach (PackId unlisted in _segments.Remove(segment))
            {
                lost |= _packs.Knows(unlisted);
            }
        }

        CatalogueTotals totals = state.Totals;
        PlaceBatch deletions = _packs.Deletions();
        foreach (PackId pack in change.PacksGone)
        {
            state = _packs.Remove(pack, state, deletions);
        }

        deletions.Flush();
        if (!lost && state.Totals == totals)
        {
            return state;
        }

        _voidTrees.Run();
        return state with { Epoch = state.Epoch + 1 };
    }

    private CatalogueState ReadState() => CatalogueState.Read(_selectState, _connection);
}
