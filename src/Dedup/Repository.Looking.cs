using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Looking;
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
    public async Task<FindResult> FindAsync(FindOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        FindPattern[] patterns = [.. options.Patterns.Select(pattern => new FindPattern(pattern))];
        if (patterns.Length == 0)
        {
            throw new ArgumentException("There is no pattern to look for.", nameof(options));
        }

        long oldest = options.Oldest is { } from ? UnixTime.FromDateTimeOffset(from) : long.MinValue;
        long newest = options.Newest is { } to ? UnixTime.FromDateTimeOffset(to) : long.MaxValue;
        IReadOnlyList<Snapshot> snapshots = await ChooseAsync(options, cancellationToken).ConfigureAwait(false);
        EntrySearch search = new(node => Array.Exists(patterns, pattern => pattern.MayMatch(NodeBytes.Name(node))));
        SnapshotPages pages = await ScanAsync(snapshots, search, cancellationToken).ConfigureAwait(false);
        return new FindResult(
            [.. snapshots.Where(pages.Has).Select(snapshot => new FoundInSnapshot(snapshot, search.Enumerate(pages.Of(snapshot)).Where(IsWanted)))],
            pages.Problems);

        bool IsWanted(TreeEntry entry) =>
            entry.Node.Metadata.ModifiedNs >= oldest && entry.Node.Metadata.ModifiedNs <= newest && Array.Exists(patterns, pattern => pattern.Matches(entry));
    }

    /// <summary>The versions of a file, or of any other entry, over all snapshots that a filter picks. As fast as <see cref="FindAsync"/>.</summary>
    /// <param name="path">The path from the root of the snapshots.</param>
    /// <param name="filter">The snapshots.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="PathNotFoundException">The path cannot name an entry.</exception>
    public async Task<FileHistory> ReadHistoryAsync(string path, SnapshotFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        EntryName[] names = TreePath.Parse(path);
        if (names.Length == 0)
        {
            throw new PathNotFoundException(path, "the root of a snapshot is no entry; name a file or directory");
        }

        IReadOnlyList<Snapshot> snapshots = await ChooseAsync(new FindOptions { Filter = filter }, cancellationToken).ConfigureAwait(false);
        EntrySearch search = new(node => NodeBytes.Name(node).SequenceEqual(names[^1].Bytes));
        SnapshotPages pages = await ScanAsync(snapshots, search, cancellationToken).ConfigureAwait(false);
        return new FileHistory(
            HistoryBuilder.Build(snapshots.Where(pages.Has).Select(snapshot => (snapshot, search.Find(pages.Of(snapshot), names)))),
            pages.Problems);
    }

    private async Task<IReadOnlyList<Snapshot>> ChooseAsync(FindOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options.Filter);
        using KeptSlots kept = KeptSlots.Open(CacheDirectory, _keys);
        IReadOnlyList<Snapshot> all = await ReadSnapshotsAsync(cancellationToken, kept).ConfigureAwait(false);
        foreach (SnapshotId id in options.Snapshots.Where(id => !all.Any(snapshot => snapshot.Id == id)))
        {
            throw new SnapshotNotFoundException($"{Location}: there is no snapshot '{id}'; run 'snapshots' to see what there is");
        }

        HashSet<SnapshotId> chosen = [.. options.Snapshots];
        return [.. all.Where(snapshot => chosen.Count > 0 ? chosen.Contains(snapshot.Id) : options.Filter.Matches(snapshot))];
    }

    /// <summary>Shows a visitor every page of some snapshots.</summary>
    private async Task<SnapshotPages> ScanAsync(IReadOnlyList<Snapshot> snapshots, IPageVisitor visitor, CancellationToken cancellationToken)
    {
        using PageLog log = PageLog.Open(CacheDirectory, _keys);
        PageScan scan = new(log, snapshots.Select(snapshot => snapshot.Tree), visitor);
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
