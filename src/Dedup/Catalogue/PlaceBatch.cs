namespace Dedup.Catalogue;

/// <summary>
/// Rows of the table blobs that are to be inserted or deleted, done in the order of their keys: each page of the table is
/// then touched once a batch rather than once a row, which is what makes large changes fast.
/// </summary>
internal sealed class PlaceBatch(SqliteStatement statement)
{
    /// <summary>8 MiB of pairs.</summary>
    private const int Capacity = 1 << 19;

    private long[] _prefixes = new long[256];
    private long[] _places = new long[256];
    private int _count;

    public void Add(long prefix, long place)
    {
        if (_count == Capacity)
        {
            Flush();
        }
        else if (_count == _prefixes.Length)
        {
            Array.Resize(ref _prefixes, _count * 2);
            Array.Resize(ref _places, _count * 2);
        }

        _prefixes[_count] = prefix;
        _places[_count++] = place;
    }

    public void Flush()
    {
        Array.Sort(_prefixes, _places, 0, _count);
        for (int i = 0; i < _count; i++)
        {
            statement.Bind(1, _prefixes[i]).Bind(2, _places[i]).Run();
        }

        _count = 0;
    }
}
