using Dedup.Native;

namespace Dedup.Catalogue;

/// <summary>Readers that wait for the next thread that needs one; together they keep to a fixed budget of memory.</summary>
internal sealed class ReaderPool : IDisposable
{
    private const int TotalCacheKibibytes = 8192;

    private readonly CatalogueFolder _folder;
    private readonly long _incarnation;
    private readonly CatalogueReader?[] _idle = new CatalogueReader?[Math.Clamp(Environment.ProcessorCount * 2, 4, 16)];

    public ReaderPool(CatalogueFolder folder, long incarnation)
    {
        _folder = folder;
        _incarnation = incarnation;
    }

    /// <summary>Takes a reader, or opens one when all are at work.</summary>
    /// <exception cref="CatalogueDamagedException">Another process replaced the file since this pool was made.</exception>
    public CatalogueReader Rent()
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } reader)
            {
                return reader;
            }
        }

        using FileLock hold = _folder.Lock();
        return _folder.HasDatabase
            ? new CatalogueReader(_folder.DatabasePath, TotalCacheKibibytes / _idle.Length, _incarnation)
            : throw new CatalogueDamagedException(_folder.DatabasePath, "the catalogue was deleted");
    }

    /// <summary>Gives a reader back; one too many is closed.</summary>
    public void Return(CatalogueReader reader)
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], reader, null) is null)
            {
                return;
            }
        }

        using FileLock? hold = _folder.LockIfPresent();
        reader.Dispose();
    }

    /// <summary>Closes the idle readers. Call it under the folder's lock.</summary>
    public void Dispose()
    {
        foreach (CatalogueReader? reader in _idle)
        {
            reader?.Dispose();
        }
    }
}
