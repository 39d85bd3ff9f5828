using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>
/// Finds every blob that snapshots need. A page's references are read once ever: the catalogue keeps them. What was found stays found,
/// so that a later look at more snapshots costs only what they have of their own.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="metadata">The store through which pages are read, as in <see cref="BlobReader"/>.</param>
/// <param name="keys">The repository's keys.</param>
/// <param name="catalogue">Where blobs lie, and what pages refer to.</param>
/// <param name="concurrency">How many threads work at once; with one, everything happens on the caller's.</param>
/// <param name="cancellationToken">Ends the search.</param>
internal sealed class LiveBlobs(
    IObjectStore store, IObjectStore metadata, RepositoryKeys keys, CatalogueDatabase catalogue, int concurrency, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>How many pages are looked at between two rounds of threads, and how many are told to the catalogue at once.</summary>
    private const int PagesPerRound = 512, PagesPerChange = 4096;

    /// <summary>Fewer pages than so many are not worth a thread.</summary>
    private const int MinPagesPerThread = 16;

    private readonly BlobSet _blobs = new();
    private readonly HashSet<BlobId> _pages = [];
    private readonly BlobReader?[] _readers = new BlobReader?[Math.Max(1, concurrency)];
    private readonly Dictionary<BlobId, PageReferences> _new = [];

    /// <summary>How many blobs are needed.</summary>
    public long Count => _blobs.Count;

    /// <summary>Told how many pages have been looked at, again and again.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Told the first eight bytes of the id of each blob that turns out to be needed and was not known to be.</summary>
    public Action<ulong>? Found { get; set; }

    /// <summary>Whether a blob is needed.</summary>
    public bool Contains(BlobId blob) => _blobs.Contains(blob.Bytes.Prefix);

    /// <summary>Whether a blob is needed, by the first eight bytes of its id.</summary>
    public bool Contains(ulong prefix) => _blobs.Contains(prefix);

    /// <summary>Adds all that the trees of snapshots need.</summary>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task AddAsync(IEnumerable<BlobId> roots)
    {
        Stack<(BlobId Page, BlobKind Kind)> open = new();
        foreach (BlobId root in roots)
        {
            Push(open, root, BlobKind.Tree);
        }

        List<(BlobId Page, BlobKind Kind)> round = [];
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            round.Clear();
            while (round.Count < PagesPerRound && open.TryPop(out (BlobId Page, BlobKind Kind) page))
            {
                round.Add(page);
            }

            foreach (PageReferences references in await ReadAsync(round).ConfigureAwait(false))
            {
                Add(open, references);
            }

            Progress?.Invoke(_pages.Count - open.Count);
            RecordIf(_new.Count >= PagesPerChange);
        }

        RecordIf(_new.Count > 0);
    }

    public void Dispose()
    {
        foreach (BlobReader? reader in _readers)
        {
            reader?.Dispose();
        }
    }

    private void Push(Stack<(BlobId Page, BlobKind Kind)> open, BlobId page, BlobKind kind)
    {
        if (_pages.Add(page))
        {
            Add(page.Bytes.Prefix);
            open.Push((page, kind));
        }
    }

    private void Add(Stack<(BlobId Page, BlobKind Kind)> open, PageReferences references)
    {
        foreach (BlobId tree in references.Trees)
        {
            Push(open, tree, BlobKind.Tree);
        }

        foreach (BlobId list in references.Lists)
        {
            Push(open, list, BlobKind.List);
        }

        foreach (ulong data in references.Data)
        {
            Add(data);
        }
    }

    private void Add(ulong prefix)
    {
        if (_blobs.Add(prefix))
        {
            Found?.Invoke(prefix);
        }
    }

    private async Task<PageReferences[]> ReadAsync(List<(BlobId Page, BlobKind Kind)> pages)
    {
        PageReferences?[] references = [.. pages.Select(page => catalogue.TryReadClosure(page.Page))];
        int[] unknown = [.. Enumerable.Range(0, pages.Count).Where(i => references[i] is null)];
        int threads = Math.Min(_readers.Length, unknown.Length / MinPagesPerThread);
        if (threads <= 1)
        {
            Read(0, 1, pages, unknown, references, cancellationToken);
        }
        else
        {
            using ThreadGroup group = new(cancellationToken);
            for (int i = 0; i < threads; i++)
            {
                int thread = i;
                group.Start(() => Read(thread, threads, pages, unknown, references, group.Token));
            }

            await group.CompleteAsync().ConfigureAwait(false);
        }

        foreach (int i in unknown)
        {
            _new[pages[i].Page] = references[i]!;
        }

        return references!;
    }

    private void Read(
        int thread, int threads, List<(BlobId Page, BlobKind Kind)> pages, int[] unknown, PageReferences?[] references, CancellationToken stop)
    {
        BlobReader blobs = _readers[thread] ??= new BlobReader(store, keys, catalogue, metadata);
        PageReader reader = new(blobs);
        for (int i = thread; i < unknown.Length; i += threads)
        {
            (BlobId page, BlobKind kind) = pages[unknown[i]];
            references[unknown[i]] = reader.Read(page, kind, stop);
        }
    }

    private void RecordIf(bool isDue)
    {
        if (isDue)
        {
            catalogue.AddClosures(_new);
            _new.Clear();
        }
    }
}
