namespace Dedup.Catalogue;

/// <summary>
/// The catalogue of an open repository, opened when it is first needed. One that turns out damaged is thrown away and what needed
/// it is done again with a new one: it is only a cache.
/// </summary>
internal sealed class CatalogueHolder(string directory, Bytes32 repository) : IDisposable
{
    private readonly Lock _lock = new();
    private CatalogueDatabase? _database;

    /// <summary>Does something that needs the catalogue; once more when the catalogue was damaged.</summary>
    public async Task<T> UseAsync<T>(Func<CatalogueDatabase, Task<T>> use)
    {
        CatalogueDatabase database = Get();
        try
        {
            return await use(database).ConfigureAwait(false);
        }
        catch (CatalogueDamagedException)
        {
            Discard(database);
        }
        catch (ObjectDisposedException) when (_database != database)
        {
            // Another operation found it damaged and threw it away under this one: there is a new one now.
        }

        return await use(Get()).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (_database is { IsDamaged: true })
        {
            _database.Discard();
        }

        _database?.Dispose();
    }

    private CatalogueDatabase Get()
    {
        lock (_lock)
        {
            return _database ??= CatalogueDatabase.Open(directory, repository.ToArray());
        }
    }

    private void Discard(CatalogueDatabase damaged)
    {
        lock (_lock)
        {
            if (_database == damaged)
            {
                _database = null;
                damaged.Discard();
            }
        }
    }
}
