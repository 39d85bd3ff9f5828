using Dedup.Content;

namespace Dedup.Looking;

/// <summary>Shows a visitor all pages that some trees consist of, and others that the log holds: first from the log, then what it lacks from the store.</summary>
/// <param name="log">The log.</param>
/// <param name="roots">The trees.</param>
/// <param name="inUse">The trees of all snapshots that there are.</param>
/// <param name="visitor">Whom they are shown.</param>
internal sealed class PageScan(PageLog log, IEnumerable<BlobId> roots, IEnumerable<BlobId> inUse, IPageVisitor visitor)
{
    private readonly RootWatch _watch = new(visitor, roots);
    private readonly Dictionary<BlobId, DedupException> _lost = [];
    private PageFiller? _filler;

    /// <summary>The numbers of the trees' pages, as far as they were shown.</summary>
    public IReadOnlyDictionary<BlobId, int> Roots => _watch.Found;

    /// <summary>The trees that could not be shown whole, and why.</summary>
    public IReadOnlyDictionary<BlobId, DedupException> Lost => _lost;

    /// <summary>How many pages were read from the store.</summary>
    public int PagesRead => _filler?.PagesRead ?? 0;

    /// <summary>Whether all trees were shown: the log had them.</summary>
    public bool IsComplete => _watch.Missing.Count == 0;

    /// <summary>Shows what the log holds.</summary>
    /// <exception cref="Catalogue.CatalogueException">The log cannot be read.</exception>
    public void ReadKept(CancellationToken cancellationToken) => log.Read(_watch, cancellationToken);

    /// <summary>Shows what the log does not hold, and keeps it. May be called again after a failure, and goes on from there.</summary>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    /// <exception cref="Catalogue.CatalogueException">The log cannot be written.</exception>
    public void ReadMissing(BlobReader blobs, CancellationToken cancellationToken)
    {
        if (_filler is null)
        {
            KnownPages known = new();
            log.Read(known, cancellationToken);
            _filler = new PageFiller(log, known, _watch);
        }

        foreach (BlobId root in _watch.Missing.ToArray())
        {
            try
            {
                _filler.Add(root, blobs, cancellationToken);
            }
            catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
            {
                _lost[root] = (DedupException)exception;
            }
        }

        _filler.Flush();
        if (!log.HasRoom)
        {
            ClearIfMostlyNeedless(cancellationToken);
        }
    }

    /// <summary>Makes room for the next search where most of what is kept is of snapshots that are gone. Never where that would have it all read again and again.</summary>
    private void ClearIfMostlyNeedless(CancellationToken cancellationToken)
    {
        PageUse use = new(inUse.ToHashSet());
        log.Read(use, cancellationToken);
        if (use.CountNeeded() < use.Pages / 2)
        {
            log.Clear();
        }
    }

    /// <summary>Passes everything on, and notes the trees that are looked for.</summary>
    private sealed class RootWatch(IPageVisitor inner, IEnumerable<BlobId> roots) : IPageVisitor
    {
        public HashSet<BlobId> Missing { get; } = [.. roots];

        public Dictionary<BlobId, int> Found { get; } = [];

        public void Entry(int number, int tree, ReadOnlySpan<byte> node) => inner.Entry(number, tree, node);

        public void Page(int number, BlobId id, int level, ReadOnlySpan<NumberRun> content)
        {
            if (Missing.Remove(id))
            {
                Found.Add(id, number);
            }

            inner.Page(number, id, level, content);
        }
    }
}
