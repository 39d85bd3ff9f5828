using Dedup.Catalogue;
using Dedup.Content;

namespace Dedup.Pruning;

/// <summary>
/// Finds every blob that snapshots need. A page's references are read once ever: the catalogue keeps them. What was found stays found,
/// so that a later look at more snapshots costs only what they have of their own.
/// </summary>
internal sealed class LiveBlobs(PruneContext context) : IDisposable
{
    /// <summary>How many pages are looked at between two rounds of threads, and how many are told to the catalogue at once.</summary>
    private const int PagesPerRound = 512, PagesPerChange = 4096;

    /// <summary>Fewer pages than so many are not worth a thread.</summary>
    private const int MinPagesPerThread = 16;

    private readonly BlobSet _blobs = new();
    private readonly HashSet<BlobId> _pages = [];
    private readonly BlobReader?[] _readers = new BlobReader?[Math.Max(1, context.Concurrency)];
    private readonly Dictionary<BlobId, PageReferences> _new = [];

    /// <summary>How many blobs are needed.</summary>
    public long Count => _blobs.Count;

    /// <summary>Whether a blob is needed.</summary>
    public bool Contains(BlobId blob) => _blobs.Contains(blob.Bytes.Prefix);

    /// <summary>Whether a blob is needed, by the first eight bytes of its id.</summary>
    public bool Contains(ulong prefix) => _blobs.Contains(prefix);

    /// <summary>Adds all that the trees of snapshots need.</summary>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
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
            context.CancellationToken.ThrowIfCancellationRequested();
            round.Clear();
            while (round.Count < PagesPerRound && open.TryPop(out (BlobId Page, BlobKind Kind) page))
            {
                round.Add(page);
            }

            foreach (PageReferences references in await ReadAsync(round).ConfigureAwait(false))
            {
                Add(open, references);
            }

            context.Report(PruneStage.FindingUsed, _pages.Count - open.Count, 0);
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
            _blobs.Add(page.Bytes.Prefix);
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
            _blobs.Add(data);
        }
    }

    private async Task<PageReferences[]> ReadAsync(List<(BlobId Page, BlobKind Kind)> pages)
    {
        PageReferences?[] references = [.. pages.Select(page => context.Catalogue.TryReadClosure(page.Page))];
        int[] unknown = [.. Enumerable.Range(0, pages.Count).Where(i => references[i] is null)];
        int threads = Math.Min(_readers.Length, unknown.Length / MinPagesPerThread);
        if (threads <= 1)
        {
            Read(0, 1, pages, unknown, references, context.CancellationToken);
        }
        else
        {
            using ThreadGroup group = new(context.CancellationToken);
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
        int thread, int threads, List<(BlobId Page, BlobKind Kind)> pages, int[] unknown, PageReferences?[] references, CancellationToken cancellationToken)
    {
        BlobReader blobs = _readers[thread] ??= new BlobReader(context.Store, context.Keys, context.Catalogue, context.Metadata);
        PageReader reader = new(blobs);
        for (int i = thread; i < unknown.Length; i += threads)
        {
            (BlobId page, BlobKind kind) = pages[unknown[i]];
            references[unknown[i]] = reader.Read(page, kind, cancellationToken);
        }
    }

    private void RecordIf(bool isDue)
    {
        if (isDue)
        {
            context.Catalogue.AddClosures(_new);
            _new.Clear();
        }
    }
}
