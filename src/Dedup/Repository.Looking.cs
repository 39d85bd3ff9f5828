using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Looking;
using Dedup.Retention;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup;

/// <content>Looking into many snapshots at once.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Finds entries in many snapshots. Every page of their trees is looked at once, and those that were looked at before are read from this
    /// machine: then the store is only asked which snapshots there are.
    /// </summary>
    /// <exception cref="ArgumentException">There is no pattern, or one is negated.</exception>
    /// <exception cref="SnapshotNotFoundException">A snapshot that was asked for is not there.</exception>
    public async Task<FindResult> FindAsync(FindOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        FindPattern[] patterns = [.. options.Patterns.Select(pattern => new FindPattern(pattern))];
        if (patterns.Length == 0)
        {
            throw new ArgumentException("There is no pattern to look for.", nameof(options));
        }

        ArgumentNullException.ThrowIfNull(options.Filter);
        long oldest = options.Oldest is { } from ? UnixTime.FromDateTimeOffset(from) : long.MinValue;
        long newest = options.Newest is { } to ? UnixTime.FromDateTimeOffset(to) : long.MaxValue;
        IReadOnlyList<Snapshot> all = await ReadKeptSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = Choose(all, options.Snapshots, options.Filter);
        EntrySearch search = new(MayBeWanted);
        SnapshotPages pages = await ScanAsync(snapshots, all, search, cancellationToken).ConfigureAwait(false);
        return new FindResult(
            [.. snapshots.Where(pages.Has).Select(snapshot => new FoundInSnapshot(snapshot, search.Enumerate(pages.Of(snapshot)).Where(IsWanted)))],
            pages.Problems);

        bool MayBeWanted(ReadOnlySpan<byte> node)
        {
            foreach (FindPattern pattern in patterns)
            {
                if (pattern.MayMatch(NodeBytes.Name(node)))
                {
                    return true;
                }
            }

            return false;
        }

        bool IsWanted(TreeEntry entry) =>
            entry.Node.Metadata.ModifiedNs >= oldest && entry.Node.Metadata.ModifiedNs <= newest && Array.Exists(patterns, pattern => pattern.Matches(entry));
    }

    /// <summary>The versions of a file, or of any other entry, over all snapshots that a filter picks. As fast as <see cref="FindAsync"/>.</summary>
    /// <param name="path">The path from the root of the snapshots.</param>
    /// <param name="filter">The snapshots.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="PathNotFoundException">The path cannot name an entry.</exception>
    public async Task<FileHistory> ReadHistoryAsync(string path, SnapshotFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        filter ??= SnapshotFilter.All;
        EntryName[] names = TreePath.Parse(path);
        if (names.Length == 0)
        {
            throw new PathNotFoundException(path, "the root of a snapshot is no entry; name a file or directory");
        }

        IReadOnlyList<Snapshot> all = await ReadKeptSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = Choose(all, [], filter);
        EntrySearch search = new(node => NodeBytes.Name(node).SequenceEqual(names[^1].Bytes));
        SnapshotPages pages = await ScanAsync(snapshots, all, search, cancellationToken).ConfigureAwait(false);
        return new FileHistory(
            HistoryBuilder.Build(snapshots.Where(pages.Has).Select(snapshot => (snapshot, search.Find(pages.Of(snapshot), names)))),
            pages.Problems);
    }

    /// <summary>Compares two snapshots, or parts of them. What both have is not read: it takes as long as there is that differs.</summary>
    /// <param name="source">The first.</param>
    /// <param name="target">The second.</param>
    /// <param name="withMetadata">Whether entries are told too of which only the metadata differs.</param>
    /// <param name="report">Told each difference, a directory before what it holds, in order of names.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>The differences in sum.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="PathNotFoundException">A snapshot has nothing at the path, or one has a directory there and the other has not.</exception>
    /// <exception cref="CorruptDataException">A directory is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory is missing.</exception>
    public async Task<SnapshotDifference> CompareAsync(
        SnapshotPlace source, SnapshotPlace target, bool withMetadata, Action<TreeChange> report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(report);
        SnapshotReader snapshots = new(_store, _keys, _metadata);
        BlobId sourceRoot = (await snapshots.ReadAsync(source.Snapshot, cancellationToken).ConfigureAwait(false)).Tree;
        BlobId targetRoot = (await snapshots.ReadAsync(target.Snapshot, cancellationToken).ConfigureAwait(false)).Tree;
        using CatalogueLease lease = await SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using BlobReader blobs = new(_store, _keys, lease.Database, _metadata);
            TreeReader trees = new(blobs);
            Node? before = TreePath.Find(trees, sourceRoot, source.Path ?? "/", cancellationToken);
            Node? after = TreePath.Find(trees, targetRoot, target.Path ?? "/", cancellationToken);
            bool isDirectory = before is null or { Metadata.Type: NodeType.Directory };
            if (isDirectory != after is null or { Metadata.Type: NodeType.Directory })
            {
                throw new PathNotFoundException(target.Path ?? "/", $"is {(isDirectory ? "no directory" : "a directory")}, unlike {source.Path ?? "/"}");
            }

            TreeComparison comparison = new(blobs, withMetadata, report);
            if (isDirectory)
            {
                comparison.Compare(before?.Tree ?? sourceRoot, after?.Tree ?? targetRoot, cancellationToken);
            }
            else
            {
                comparison.Compare(null, before, after, cancellationToken);
            }

            return comparison.Sum(lease.Database);
        }
        catch (CatalogueDamagedException)
        {
            // Some was told, so that this cannot begin again by itself.
            lease.Abandon();
            throw;
        }
    }

    /// <summary>How large the content of snapshots is, counted as restic counts it.</summary>
    /// <param name="mode">What is counted.</param>
    /// <param name="snapshot">Only this one; <see langword="null"/> for all that the filter picks.</param>
    /// <param name="filter">Picks snapshots.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="CorruptDataException">A directory is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory is missing.</exception>
    public async Task<ContentStatistics> CountContentAsync(StatisticsMode mode, SnapshotId? snapshot = null, SnapshotFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= SnapshotFilter.All;
        IReadOnlyList<Snapshot> all = await ReadKeptSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = Choose(all, snapshot is { } id ? [id] : [], filter);
        return await _catalogue.UseAsync(async catalogue =>
        {
            await new CatalogueSynchronizer(_store, _keys, catalogue, _logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            if (mode == StatisticsMode.RawData)
            {
                using LiveBlobs live = NewLive(catalogue, cancellationToken);
                await live.AddAsync(snapshots.Select(snapshot => snapshot.Tree)).ConfigureAwait(false);
                return RawDataCount.Count(snapshots.Count, catalogue, live.Contains, cancellationToken);
            }

            using BlobReader blobs = new(_store, _keys, catalogue, _metadata);
            FileContentCount count = new(blobs, mode, cancellationToken);
            foreach (Snapshot counted in snapshots)
            {
                count.Add(counted.Tree);
            }

            return count.Sum(snapshots.Count);
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// What a snapshot costs: what it needs, what nothing else needs, and where that lies. What pages refer to is read once ever and kept in the
    /// catalogue.
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="directories">How many directories to tell of each kind; 0 for none.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="CorruptDataException">A directory is damaged.</exception>
    /// <exception cref="BlobMissingException">A directory is missing.</exception>
    public async Task<SnapshotCost> ReadCostAsync(SnapshotId snapshot, int directories = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(directories);
        IReadOnlyList<Snapshot> all = await ReadKeptSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        Snapshot chosen = Choose(all, [snapshot], SnapshotFilter.All)[0];
        Snapshot? before = all.FirstOrDefault(other => other.Id == chosen.Parent)
            ?? all.LastOrDefault(other => other.Time < chosen.Time && RetentionGrouping.Default.KeyOf(other).Equals(RetentionGrouping.Default.KeyOf(chosen)));
        return await _catalogue.UseAsync(async catalogue =>
        {
            await new CatalogueSynchronizer(_store, _keys, catalogue, _logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
            using BlobReader blobs = new(_store, _keys, catalogue, _metadata);
            CostOperation operation = new(blobs, catalogue, () => NewLive(catalogue, cancellationToken), cancellationToken);
            return await operation.RunAsync(chosen, all.Where(other => other.Id != snapshot), before, directories).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private LiveBlobs NewLive(CatalogueDatabase catalogue, CancellationToken cancellationToken) =>
        new(_store, _metadata, _keys, catalogue, _options.MaxConcurrency, cancellationToken);

    /// <summary>All snapshots, oldest first; slots that this machine has read before are not read again.</summary>
    private async Task<IReadOnlyList<Snapshot>> ReadKeptSnapshotsAsync(CancellationToken cancellationToken)
    {
        using KeptSlots kept = KeptSlots.Open(CacheDirectory, _keys);
        return await ReadSnapshotsAsync(cancellationToken, kept).ConfigureAwait(false);
    }

    /// <summary>Those that were asked for; without any, those that a filter picks.</summary>
    private IReadOnlyList<Snapshot> Choose(IReadOnlyList<Snapshot> all, IReadOnlyList<SnapshotId> asked, SnapshotFilter filter)
    {
        HashSet<SnapshotId> missing = [.. asked.Except(all.Select(snapshot => snapshot.Id))];
        return missing.Count > 0
            ? throw new SnapshotNotFoundException($"{Location}: there is no snapshot '{missing.First()}'; run 'snapshots' to see what there is")
            : [.. all.Where(snapshot => asked.Count > 0 ? asked.Contains(snapshot.Id) : filter.Matches(snapshot))];
    }

    /// <summary>Shows a visitor every page of some snapshots.</summary>
    private async Task<SnapshotPages> ScanAsync(
        IReadOnlyList<Snapshot> snapshots, IReadOnlyList<Snapshot> all, IPageVisitor visitor, CancellationToken cancellationToken)
    {
        using PageLog log = PageLog.Open(CacheDirectory, _keys);
        PageScan scan = new(log, snapshots.Select(snapshot => snapshot.Tree), all.Select(snapshot => snapshot.Tree), visitor);
        scan.ReadKept(cancellationToken);
        if (!scan.IsComplete)
        {
            await _catalogue.UseAsync(async catalogue =>
            {
                await new CatalogueSynchronizer(_store, _keys, catalogue, _logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
                using BlobReader blobs = new(_store, _keys, catalogue, _metadata);
                scan.ReadMissing(blobs, cancellationToken);
                return scan;
            }).ConfigureAwait(false);
        }

        return new SnapshotPages(
            scan.Roots,
            [.. snapshots.Where(snapshot => scan.Lost.ContainsKey(snapshot.Tree)).Select(snapshot => new LookProblem(snapshot.Id, scan.Lost[snapshot.Tree].Message))]);
    }
}
