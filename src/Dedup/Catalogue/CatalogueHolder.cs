namespace Dedup.Catalogue;

/// <summary>
/// The catalogue of an open repository, opened when it is first needed. One that turns out damaged is thrown away and what needed
/// it is done again with a new one: it is only a cache. Others that use it at that moment find out in their own time, and it is
/// closed when the last of them is done.
/// </summary>
internal sealed class CatalogueHolder(string directory, Bytes32 repository) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CatalogueDatabase, int> _users = [];
    private CatalogueDatabase? _current;
    private Task<CatalogueDatabase>? _opening;

    /// <summary>The folder that the catalogue lies in.</summary>
    public string Directory => directory;

    /// <summary>
    /// Begins to open the catalogue beside other work, if there is one; it is not made. What fails is told to whoever uses it first.
    /// </summary>
    public void BeginOpening()
    {
        if (CatalogueDatabase.Exists(directory))
        {
            _opening = Task.Run(() => CatalogueDatabase.Open(directory, repository.ToArray()));
        }
    }

    /// <summary>Does something that needs the catalogue; once more when the catalogue was damaged.</summary>
    public async Task<T> UseAsync<T>(Func<CatalogueDatabase, Task<T>> use)
    {
        using (CatalogueLease lease = Rent())
        {
            try
            {
                return await use(lease.Database).ConfigureAwait(false);
            }
            catch (CatalogueDamagedException)
            {
                lease.Abandon();
            }
        }

        using CatalogueLease again = Rent();
        return await use(again.Database).ConfigureAwait(false);
    }

    /// <summary>Does something with the catalogue, as <see cref="UseAsync"/> does, and hands out the use of the catalogue that it succeeded with.</summary>
    public async Task<CatalogueLease> RentAsync(Func<CatalogueDatabase, Task> prepare)
    {
        CatalogueLease? prepared = null;
        await UseAsync(async database =>
        {
            await prepare(database).ConfigureAwait(false);
            return prepared = Rent(database);
        }).ConfigureAwait(false);
        return prepared!;
    }

    /// <summary>Hands out the use of the catalogue as it is.</summary>
    public CatalogueLease Rent()
    {
        lock (_lock)
        {
            return Rent(_current ??= TakeOpened() ?? CatalogueDatabase.Open(directory, repository.ToArray()));
        }
    }

    /// <summary>Closes the catalogue. No use may be under way.</summary>
    public void Dispose()
    {
        if (_current is { IsDamaged: true } damaged)
        {
            Abandon(damaged);
            damaged.Dispose();
        }

        _current?.Dispose();
        if (_opening is not null)
        {
            ((IAsyncResult)_opening).AsyncWaitHandle.WaitOne();
            (_opening.IsCompletedSuccessfully ? TakeOpened() : null)?.Dispose();
        }
    }

    /// <summary>Takes a catalogue out of use, and deletes its file unless another process has replaced it.</summary>
    public void Abandon(CatalogueDatabase damaged)
    {
        lock (_lock)
        {
            if (_current == damaged)
            {
                _current = null;
                damaged.DeleteFile();
            }
        }
    }

    /// <summary>Ends a use.</summary>
    public void Return(CatalogueDatabase database)
    {
        lock (_lock)
        {
            int users = _users[database] - 1;
            _users[database] = users;
            if (users == 0)
            {
                _users.Remove(database);
                if (database != _current)
                {
                    database.Dispose();
                }
            }
        }
    }

    private CatalogueDatabase? TakeOpened()
    {
        Task<CatalogueDatabase>? opening = _opening;
        _opening = null;
        return opening?.GetAwaiter().GetResult();
    }

    private CatalogueLease Rent(CatalogueDatabase database)
    {
        lock (_lock)
        {
            _users[database] = _users.GetValueOrDefault(database) + 1;
        }

        return new CatalogueLease(this, database);
    }
}
