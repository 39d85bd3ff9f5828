using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>Records which index segments are known and which packs they list, within the transaction of one change.</summary>
internal sealed class SegmentRowWriter
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _select, _insert, _delete, _insertListing, _deleteListing, _isListed;

    public SegmentRowWriter(SqliteConnection connection)
    {
        _connection = connection;
        _select = connection.Prepare("SELECT number, packs FROM segments WHERE id = ?1");
        _insert = connection.Prepare("INSERT INTO segments(id, packs) VALUES(?1, ?2)");
        _delete = connection.Prepare("DELETE FROM segments WHERE number = ?1");
        _insertListing = connection.Prepare("INSERT OR IGNORE INTO listings VALUES(?1, ?2)");
        _deleteListing = connection.Prepare("DELETE FROM listings WHERE pack = ?1 AND segment = ?2");
        _isListed = connection.Prepare("SELECT 1 FROM listings WHERE pack = ?1");
    }

    /// <summary>Records a segment unless it is known.</summary>
    /// <returns>Whether it was new, so that its packs need to be added.</returns>
    public bool Add(CatalogueSegment segment)
    {
        if (Find(segment.Id, out _, out _))
        {
            return false;
        }

        byte[] packs = new byte[segment.Packs.Count * PackId.Length];
        for (int i = 0; i < segment.Packs.Count; i++)
        {
            segment.Packs[i].Id.CopyTo(packs.AsSpan(i * PackId.Length));
        }

        _insert.Bind(1, segment.Id).Bind(2, packs).Run();
        Find(segment.Id, out long number, out _);
        foreach (PackDirectory pack in segment.Packs)
        {
            _insertListing.Bind(1, pack.Id.Bytes).Bind(2, number).Run();
        }

        return true;
    }

    /// <summary>Forgets a segment if it is known.</summary>
    /// <returns>The packs that no known segment lists any more, present or not.</returns>
    public IEnumerable<PackId> Remove(Bytes32 id)
    {
        if (!Find(id, out long number, out byte[] packs))
        {
            return [];
        }

        var unlisted = new List<PackId>();
        for (int at = 0; at < packs.Length; at += PackId.Length)
        {
            var pack = new PackId(packs.AsSpan(at, PackId.Length));
            _deleteListing.Bind(1, pack.Bytes).Bind(2, number).Run();
            if (!_isListed.Bind(1, pack.Bytes).Step())
            {
                unlisted.Add(pack);
            }

            _isListed.Reset();
        }

        _delete.Bind(1, number).Run();
        return unlisted;
    }

    private bool Find(Bytes32 id, out long number, out byte[] packs)
    {
        bool found = _select.Bind(1, id).Step();
        number = found ? _select.Int64(0) : 0;
        packs = found ? _select.Blob(1).ToArray() : [];
        _select.Reset();
        return packs.Length % PackId.Length == 0 ? found : throw _connection.Damaged("a segment's row was altered");
    }
}
