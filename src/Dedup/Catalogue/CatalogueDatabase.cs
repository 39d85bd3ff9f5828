using System.Runtime.CompilerServices;
using Dedup.Format;
using Dedup.Native;

namespace Dedup.Catalogue;

/// <summary>
/// The local database of what a store holds: which blob lies in which pack, which index segments were read, which trees are complete.
/// It is a cache and never the truth: what it does not know may still be in the store, and what it knows may be gone since the last
/// synchronisation. All methods may be called from many threads, and many processes may use one folder.
/// </summary>
/// <remarks>
/// Every method throws <see cref="CatalogueDamagedException"/> when the file is found damaged or replaced (then <see cref="Discard"/>
/// and open anew), and <see cref="CatalogueException"/> when the disk is full or the folder cannot be used.
/// </remarks>
internal sealed class CatalogueDatabase : IDisposable
{
    private const int PacksAtOnce = 1024;

    private readonly CatalogueFolder _folder;
    private readonly CatalogueWriter _writer;
    private readonly ReaderPool _readers;
    private readonly Lock _writing = new();
    private readonly bool _isNew;
    private bool _isDisposed;

    private CatalogueDatabase(CatalogueFolder folder, CatalogueWriter writer, bool isNew)
    {
        _folder = folder;
        _writer = writer;
        _isNew = isNew;
        _readers = new ReaderPool(folder, writer.Incarnation);
    }

    /// <summary>Whether damage was found since it was opened: it must not be used again.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Counts the losses: it rises whenever something that was known is not any more. No two catalogues share a value.</summary>
    public long Epoch => Read(reader => reader.State.Epoch);

    /// <summary>What is known in all.</summary>
    public CatalogueTotals Totals => Read(reader => reader.State.Totals);

    /// <summary>Opens the catalogue of a repository. A file of another version or repository, or a damaged one, is replaced by an empty one.</summary>
    /// <param name="directory">The folder, made with mode 0700 where it is missing. Nothing else should lie there.</param>
    /// <param name="repositoryId">The repository's id, 32 bytes.</param>
    public static CatalogueDatabase Open(string directory, ReadOnlySpan<byte> repositoryId)
    {
        var repository = new Bytes32(repositoryId);
        var folder = new CatalogueFolder(directory);
        using FileLock hold = folder.Lock();
        return OpenExisting(folder, repository) is { } existing
            ? new CatalogueDatabase(folder, existing, isNew: false)
            : new CatalogueDatabase(folder, Create(folder, repository), isNew: true);
    }

    /// <summary>Whether a folder holds a catalogue.</summary>
    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, CatalogueFolder.DatabaseName));

    /// <summary>The index segments that were taken up.</summary>
    public IReadOnlySet<Bytes32> ReadSegments() => Read(reader => reader.ReadSegments());

    /// <summary>Which packs each index segment lists that was taken up.</summary>
    public IReadOnlyList<ListedPacks> ReadListedPacks() => Read(reader => reader.ReadListedPacks());

    /// <summary>Whether a known index segment lists a pack.</summary>
    public bool IsListed(PackId pack) => Read(reader => reader.IsListed(pack));

    /// <summary>Streams the known packs in the order of their ids. Changes made meanwhile may show or not.</summary>
    public IEnumerable<KnownPack> ReadPacks()
    {
        PackId last = default;
        List<KnownPack> packs;
        do
        {
            packs = Read(reader => reader.ReadPacks(last, PacksAtOnce));
            foreach (KnownPack pack in packs)
            {
                yield return pack;
                last = pack.Id;
            }
        }
        while (packs.Count == PacksAtOnce);
    }

    /// <summary>Reads all that a pack holds; null when it is unknown.</summary>
    public PackDirectory? ReadPack(PackId id) => Read(reader => reader.ReadPack(id));

    /// <summary>Streams the packs with all they hold in the order of their ids, one pack in memory at a time.</summary>
    public IEnumerable<PackDirectory> ReadDirectories() =>
        ReadPacks().Select(pack => ReadPack(pack.Id)).OfType<PackDirectory>();

    /// <summary>
    /// Finds a copy of a blob. Most unknown blobs cost only a look into a filter in memory, which knows what other processes added only
    /// since <see cref="Refresh"/>: a missed blob is stored twice. To read a blob use <see cref="FindAll"/>.
    /// </summary>
    public bool TryFind(BlobId id, out BlobLocation location)
    {
        if (!_writer.Filter.MayContain(Place.Prefix(id.Bytes)))
        {
            location = default;
            return false;
        }

        CatalogueReader reader = Rent();
        try
        {
            return reader.TryFind(id, all: null, out location);
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <summary>All known copies of a blob, straight from the database.</summary>
    public IReadOnlyList<BlobLocation> FindAll(BlobId id) => Read(reader =>
    {
        var all = new List<BlobLocation>();
        reader.TryFind(id, all, out _);
        return all;
    });

    /// <summary>Finds a copy of each of many blobs, straight from the database and in one look at it: a fraction of the cost of single lookups.</summary>
    /// <returns>The places in the order of the ids; null where a blob is unknown.</returns>
    public BlobLocation?[] FindEach(ReadOnlySpan<BlobId> ids)
    {
        BlobId[] wanted = ids.ToArray();
        return Read(reader => reader.FindEach(wanted));
    }

    /// <summary>
    /// To be called before a blob is given up that a snapshot needs and the catalogue does not know: a catalogue from before may have
    /// lost it, and only one made anew by this process is believed.
    /// </summary>
    public void RequireNew(BlobId unknown)
    {
        if (!_isNew)
        {
            IsDamaged = true;
            throw new CatalogueDamagedException(_folder.DatabasePath, $"does not know blob {unknown}, which a snapshot needs");
        }
    }

    /// <summary>Takes up a change, whole or not at all. For a large one call it several times, with some 10^5 blobs each.</summary>
    /// <exception cref="ArgumentException">The ordinals of a pack's entries do not count from 0.</exception>
    public void Apply(CatalogueChange change)
    {
        lock (_writing)
        {
            ThrowIfDisposed();
            _writer.Apply(change);
        }
    }

    /// <summary>Makes <see cref="TryFind"/> know what other processes added.</summary>
    public void Refresh()
    {
        lock (_writing)
        {
            ThrowIfDisposed();
            _writer.Refresh();
        }
    }

    /// <summary>Whether every blob in the closure of a tree is known: it was so when it was marked, and nothing was lost since.</summary>
    public bool IsComplete(BlobId rootTree) => Read(reader => reader.IsComplete(rootTree));

    /// <summary>Records that every blob in the closures of some trees is known.</summary>
    /// <param name="rootTrees">The trees.</param>
    /// <param name="epoch">The <see cref="Epoch"/> read before the closures were walked.</param>
    /// <returns>Whether this was recorded; not so when something was lost meanwhile.</returns>
    public bool MarkComplete(ReadOnlySpan<BlobId> rootTrees, long epoch)
    {
        lock (_writing)
        {
            ThrowIfDisposed();
            return _writer.MarkComplete(rootTrees, epoch);
        }
    }

    /// <summary>What a page refers to, where that was recorded.</summary>
    public PageReferences? TryReadClosure(BlobId page) => Read(reader => reader.TryReadClosure(page));

    /// <summary>Records what pages refer to.</summary>
    public void AddClosures(IEnumerable<KeyValuePair<BlobId, PageReferences>> closures)
    {
        lock (_writing)
        {
            ThrowIfDisposed();
            _writer.AddClosures(closures);
        }
    }

    /// <summary>Forgets what pages refer to that are not needed any more.</summary>
    /// <param name="isNeeded">Tells by the first eight bytes of a page's id.</param>
    public void RetainClosures(Func<ulong, bool> isNeeded)
    {
        lock (_writing)
        {
            ThrowIfDisposed();
            _writer.RetainClosures(isNeeded);
        }
    }

    /// <summary>
    /// Closes the catalogue and deletes its file, unless another process replaced it already. Other processes that have it open go
    /// on with what they have; a new connection of theirs throws <see cref="CatalogueDamagedException"/>.
    /// </summary>
    public void Discard()
    {
        Dispose();
        DeleteFile();
    }

    /// <summary>Deletes the catalogue's file, unless another process replaced it already. Who has it open goes on with what they have.</summary>
    public void DeleteFile()
    {
        using FileLock? hold = _folder.LockIfPresent();
        if (hold is not null && _folder.HasDatabase && !WasReplaced())
        {
            _folder.DeleteDatabase();
        }
    }

    /// <summary>Closes the catalogue. No call may be under way.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                using FileLock? hold = _folder.LockIfPresent();
                _readers.Dispose();
                _writer.Dispose();
            }
        }
    }

    private static CatalogueWriter? OpenExisting(CatalogueFolder folder, Bytes32 repository)
    {
        try
        {
            return folder.HasDatabase ? new CatalogueWriter(folder.DatabasePath, repository) : null;
        }
        catch (CatalogueDamagedException)
        {
            return null;
        }
    }

    private static CatalogueWriter Create(CatalogueFolder folder, Bytes32 repository)
    {
        folder.CreateDatabaseFile();
        using (var connection = new SqliteConnection(folder.DatabasePath, cacheKibibytes: 256, readOnly: false))
        {
            CatalogueSchema.Create(connection, repository);
        }

        return new CatalogueWriter(folder.DatabasePath, repository);
    }

    private bool WasReplaced()
    {
        try
        {
            using var connection = new SqliteConnection(_folder.DatabasePath, cacheKibibytes: 64, readOnly: true);
            return connection.QueryInt64("SELECT incarnation FROM state") != _writer.Incarnation;
        }
        catch (CatalogueDamagedException)
        {
            return false;
        }
    }

    private T Read<T>(Func<CatalogueReader, T> read)
    {
        CatalogueReader reader = Rent();
        try
        {
            return read(reader);
        }
        catch (CatalogueDamagedException)
        {
            IsDamaged = true;
            throw;
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CatalogueReader Rent()
    {
        ThrowIfDisposed();
        return _readers.Rent();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
