using System.Reflection;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Trees;
using Microsoft.Extensions.Logging;

namespace Dedup.Backup;

/// <summary>
/// Makes a backup: registers, looks at what the repository holds, walks the source, makes blobs and then index segments durable, and
/// only then commits the snapshot.
/// </summary>
internal sealed class BackupOperation(
    IObjectStore store, RepositoryKeys keys, RepositoryConfig config, CatalogueDatabase catalogue, TimeProvider time, ILogger logger, int concurrency)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private static readonly string Program =
        $"dedup {typeof(BackupOperation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    public async Task<BackupResult> RunAsync(
        IBackupSource source, BackupOptions options, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        DateTimeOffset started = time.GetLocalNow();
        long startedAt = time.GetTimestamp();
        using ISourceDirectory root = source.OpenRoot();
        BackupSession session = await BackupSession.BeginAsync(
            store, keys, options.Host, UnixTime.FromDateTimeOffset(started), Program, cancellationToken).ConfigureAwait(false);
        Snapshot draft = Draft(session.Id, source, options, started);
        await new CatalogueSynchronizer(store, keys, catalogue, logger).SynchroniseAsync(cancellationToken).ConfigureAwait(false);
        long epoch = catalogue.Epoch;
        Snapshot? parent = await FindParentAsync(source, options, cancellationToken).ConfigureAwait(false);

        using ThreadGroup threads = new(cancellationToken);
        BlobWriter writer = new(store, keys, catalogue, options.Compression ?? config.Compression, config.Chunks.MaxLength, concurrency, threads.Token);
        await using (writer.ConfigureAwait(false))
        {
            writer.AdoptUnlisted(catalogue.ReadPacks().Where(pack => !pack.IsListed).Select(pack => catalogue.ReadPack(pack.Id)).OfType<PackDirectory>());
            using WorkQueue queue = new(concurrency, config.Chunks.MaxLength, threads.Token);
            using NodeBacklog backlog = new(threads.Token);
            BackupContext context = new(keys, config.Chunks, writer, queue, backlog, time, threads.Token);
            using (ITimer? reporting = StartReporting(context, parent, progress))
            {
                (BlobId tree, TreeTotals totals) = await StoreTreeAsync(context, root, options.ReadAll ? null : parent, threads).ConfigureAwait(false);
                await writer.CompleteAsync().ConfigureAwait(false);
                Snapshot snapshot = draft with
                {
                    Duration = time.GetElapsedTime(startedAt),
                    Tree = tree,
                    Parent = parent?.Id ?? default,
                    Statistics = context.Counters.ToStatistics(writer, totals),
                };
                await session.CommitAsync(snapshot, cancellationToken).ConfigureAwait(false);
                catalogue.MarkComplete([tree], epoch);
                progress?.Report(context.Counters.ToProgress(writer, parent?.Statistics ?? new BackupStatistics()));
                return new BackupResult(snapshot, [.. context.Problems]);
            }
        }
    }

    /// <summary>The snapshot before anything is read. What it cannot hold is told now, not after hours of work.</summary>
    /// <exception cref="ArgumentException">A text is too long, or there are too many.</exception>
    private Snapshot Draft(SnapshotId id, IBackupSource source, BackupOptions options, DateTimeOffset started)
    {
        Snapshot draft = new()
        {
            Id = id,
            Time = options.Time ?? started,
            TimeZone = time.LocalTimeZone.Id,
            Tree = default,
            Host = options.Host,
            User = options.User,
            Paths = source.Paths,
            Tags = options.Tags,
            Program = Program,
        };
        _ = SnapshotFormat.Seal(draft, keys);
        return draft;
    }

    private async ValueTask<Snapshot?> FindParentAsync(IBackupSource source, BackupOptions options, CancellationToken cancellationToken)
    {
        SnapshotReader snapshots = new(store, keys);
        if (options.Parent is { } id)
        {
            return await snapshots.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }

        Snapshot? newest = null;
        await foreach ((Snapshot? snapshot, _) in snapshots.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            bool fits = snapshot is not null && snapshot.Host == options.Host && snapshot.Paths.SequenceEqual(source.Paths);
            newest = fits && !(snapshot!.Time <= newest?.Time) ? snapshot : newest;
        }

        return newest;
    }

    private async Task<(BlobId Tree, TreeTotals Totals)> StoreTreeAsync(
        BackupContext context, ISourceDirectory root, Snapshot? parent, ThreadGroup threads)
    {
        for (int i = 0; i < concurrency; i++)
        {
            threads.Start(() => ReadFiles(context));
        }

        DirectoryBuilder? top = null;
        using SourceScan scan = new(root, context);
        threads.Start(scan.Run);
        threads.Start(() => top = Walk(context, root, scan, parent));
        await threads.CompleteAsync().ConfigureAwait(false);
        return top!.Result ?? throw new InvalidOperationException("The walk is over and the root is not done.");
    }

    private DirectoryBuilder Walk(BackupContext context, ISourceDirectory root, SourceScan scan, Snapshot? parent)
    {
        using BlobReader blobs = new(store, keys, catalogue);
        bool isParentComplete = parent is not null && catalogue.IsComplete(parent.Tree);
        DirectoryBuilder top = new TreeWalker(context, new TreeReader(blobs), isParentComplete, logger).Walk(root, scan, parent?.Tree ?? default);
        context.Queue.Close();
        return top;
    }

    private static void ReadFiles(BackupContext context)
    {
        using FileReader reader = new(context);
        reader.Run();
    }

    private ITimer? StartReporting(BackupContext context, Snapshot? parent, IProgress<BackupProgress>? progress) =>
        progress is null
            ? null
            : time.CreateTimer(
                _ => progress.Report(context.Counters.ToProgress(context.Writer, parent?.Statistics ?? new BackupStatistics())),
                null, ProgressInterval, ProgressInterval);
}
