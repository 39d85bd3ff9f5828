namespace Dedup.Catalogue;

/// <summary>Keeps what pages refer to, within the transactions of one connection. That never changes; a page that is gone only takes room.</summary>
internal sealed class ClosureRowWriter(SqliteConnection connection)
{
    private readonly SqliteStatement _insert = connection.Prepare("INSERT OR REPLACE INTO closures VALUES(?1, ?2)");
    private readonly SqliteStatement _keys = connection.Prepare("SELECT page FROM closures");
    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM closures WHERE page = ?1");

    public static long Key(BlobId page) => unchecked((long)page.Bytes.Prefix);

    public void Add(BlobId page, PageReferences references) => _insert.Bind(1, Key(page)).Bind(2, ClosureRecord.Write(page, references)).Run();

    /// <summary>Forgets the pages that are not needed any more.</summary>
    /// <param name="isNeeded">Tells by the first eight bytes of a page's id.</param>
    public void Retain(Func<ulong, bool> isNeeded)
    {
        List<long> needless = [];
        while (_keys.Step())
        {
            if (!isNeeded(unchecked((ulong)_keys.Int64(0))))
            {
                needless.Add(_keys.Int64(0));
            }
        }

        _keys.Reset();
        foreach (long key in needless)
        {
            _delete.Bind(1, key).Run();
        }
    }
}
