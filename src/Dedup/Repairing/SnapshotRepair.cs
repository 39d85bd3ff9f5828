using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Trees;

namespace Dedup.Repairing;

/// <summary>Makes a new snapshot, of what is left, in the stead of each that lacks something.</summary>
internal sealed class SnapshotRepair(RepairContext context, SnapshotRepairOptions options)
{
    /// <summary>The tag of snapshots that a repair made.</summary>
    private const string Tag = "repaired";

    private readonly List<RepairProblem> _problems = [];
    private readonly List<RepairedSnapshot> _repaired = [];

    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="SnapshotNotFoundException">One that was asked for is not there.</exception>
    public async Task<SnapshotRepairReport> RunAsync(CancellationToken cancellationToken)
    {
        await context.SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        List<Snapshot> all = await ReadSnapshotsAsync(cancellationToken).ConfigureAwait(false);
        Snapshot[] chosen = [.. all.Where(snapshot => options.Snapshots.Count == 0 || options.Snapshots.Contains(snapshot.Id))];
        HashSet<PackId> damaged = context.Ledger().ReadDamaged();
        using BlobReader blobs = new(context.Store, context.Keys, context.Catalogue, context.OpenTrees());
        using BlobHasher hasher = new(context.Keys.BlobId);
        SuspectBlobs data = new(blobs, context.Catalogue, damaged, options.ReadData);
        Snapshot? current = null;
        TreeRewriter rewriter = NewRewriter(blobs, data, hasher.Hash, (path, kind, what) => Tell(current!, path, kind, what));
        foreach (Snapshot snapshot in chosen)
        {
            current = snapshot;
            RewrittenTree rewritten = rewriter.Rewrite(snapshot.Tree, cancellationToken);
            if (rewritten.IsUnreadable && !rewritten.Damage.IsNone)
            {
                string name = RepositoryObjects.Snapshot(snapshot.Id).Value;
                _problems.Add(new RepairProblem(RepairProblemKind.LostSnapshot, name, $"{name}: its root directory cannot be read, so that nothing is left of it") { Snapshot = snapshot.Id });
            }
            else if (!rewritten.Damage.IsNone && !all.Exists(other => other.Parent == snapshot.Id && other.Tree == rewritten.Tree && other.Tags.Contains(Tag)))
            {
                SnapshotId? replacement = options.IsDryRun ? null : await WriteAsync(snapshot, blobs, data, cancellationToken).ConfigureAwait(false);
                _repaired.Add(new RepairedSnapshot(snapshot.Id, replacement, rewritten.Damage.Files, rewritten.Damage.Directories, rewritten.Damage.Bytes));
            }
        }

        return new SnapshotRepairReport(_problems, chosen.Length, _repaired);
    }

    private async Task<List<Snapshot>> ReadSnapshotsAsync(CancellationToken cancellationToken)
    {
        List<Snapshot> snapshots = [];
        SnapshotReader reader = new(context.Store, context.Keys);
        await foreach ((Snapshot? snapshot, CorruptDataException? damage) in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                snapshots.Add(snapshot);
            }
            else
            {
                _problems.Add(new RepairProblem(RepairProblemKind.LostSnapshot, damage!.ObjectName, damage.Message));
            }
        }

        if (options.Snapshots.Where(id => !snapshots.Exists(snapshot => snapshot.Id == id)).ToList() is [var missing, ..])
        {
            throw new SnapshotNotFoundException($"{context.Store.Location}: there is no readable snapshot '{missing}'; run 'snapshots' to see what there is");
        }

        snapshots.Sort((left, right) => left.Time.CompareTo(right.Time));
        return snapshots;
    }

    private TreeRewriter NewRewriter(
        BlobReader blobs, SuspectBlobs data, Func<BlobKind, ReadOnlySpan<byte>, BlobId> store, Action<IReadOnlyList<EntryName>, RepairProblemKind, string>? report)
    {
        TreeReader trees = new(blobs);
        return new TreeRewriter(trees, new FileRepair(trees, data, store), context.Keys, store) { Report = report };
    }

    private void Tell(Snapshot snapshot, IReadOnlyList<EntryName> path, RepairProblemKind kind, string what)
    {
        string place = "/" + string.Join('/', path);
        _problems.Add(new RepairProblem(kind, RepositoryObjects.Snapshot(snapshot.Id).Value, $"{place} of snapshot {snapshot.Id.ToShortString()}: {what}")
        {
            Snapshot = snapshot.Id,
            Path = place,
        });
    }

    /// <summary>
    /// Rewrites the snapshot once more, this time into the repository. Every page that is made is stored, whether or not the index lists such a
    /// blob already: the one that it lists may be the damaged one, as that of every empty directory is when one of them is.
    /// </summary>
    private Task<SnapshotId> WriteAsync(Snapshot snapshot, BlobReader blobs, SuspectBlobs data, CancellationToken cancellationToken) =>
        context.InSessionAsync((session, reusable) => WriteAsync(session, reusable, snapshot, blobs, data, cancellationToken), cancellationToken);

    private async Task<SnapshotId> WriteAsync(
        BackupSession session, ReusablePacks reusable, Snapshot snapshot, BlobReader blobs, SuspectBlobs data, CancellationToken cancellationToken)
    {
        if (!reusable.IsUnrestricted)
        {
            // The new snapshot takes over what is whole of the old one, wherever it lies.
            throw new SessionFencedException($"{context.Store.Location}: a prune has condemned packs and is not done; run 'prune', then repair again");
        }

        using ScratchCatalogue nothing = context.NewScratchCatalogue();
        BlobWriter writer = context.NewWriter(nothing.Database, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            RewrittenTree rewritten = NewRewriter(blobs, data, writer.Write, report: null).Rewrite(snapshot.Tree, cancellationToken);
            await writer.CompleteAsync().ConfigureAwait(false);
            if (!await session.TryCommitAsync(Replacement(session.Id, snapshot, rewritten), cancellationToken).ConfigureAwait(false))
            {
                throw new SessionFencedException($"{context.Store.Location}: a prune ended this repair before it could commit; repair again");
            }
        }

        return session.Id;
    }

    private static Snapshot Replacement(SnapshotId id, Snapshot snapshot, RewrittenTree rewritten) => snapshot with
    {
        Id = id,

        // The smallest step there is: so "latest" is the repaired one, and the time is the same to everybody else.
        Time = snapshot.Time.AddTicks(1),
        Tree = rewritten.Tree,
        Parent = snapshot.Id,
        Tags = snapshot.Tags.Contains(Tag) ? snapshot.Tags : [.. snapshot.Tags, Tag],
        Statistics = snapshot.Statistics with { TotalFiles = rewritten.Totals.Files, TotalBytes = rewritten.Totals.Bytes },
    };
}
