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
internal sealed partial class BackupOperation(
    IObjectStore store, IObjectStore metadata, RepositoryKeys keys, RepositoryConfig config, CatalogueDatabase catalogue, VerificationLedger ledger, SnapshotLedger seen, TimeProvider time, ILogger logger,
    int concurrency)
{
    /// <summary>A prune ends a session only after long waiting: so many in a row are no coincidence.</summary>
    private const int MaxAttempts = 8;

    /// <summary>Clocks that are set by a time server are this good, and better.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Is told the snapshot's id once a session has begun, before it has any lasting effect but that; again when a prune ended it and another one begins.</summary>
    public Action<SnapshotId>? SessionBegun { get; init; }

    public async Task<BackupResult> RunAsync(
        IBackupSource source, BackupOptions options, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        BackupResult? fenced = null;
        IObjectStore target = options.IsDryRun ? new RehearsalStore(store) : store;
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            using ISourceDirectory root = source.OpenRoot();
            DateTimeOffset started = time.GetLocalNow();
            BackupSession session = await BackupSession.BeginAsync(
                target, keys, options.Host, RunningProcess.Current, UnixTime.FromDateTimeOffset(started), EngineVersion.Program, cancellationToken).ConfigureAwait(false);
            SessionBegun?.Invoke(session.Id);
            bool isOver = false;
            string reason = "the backup failed";
            try
            {
                Snapshot draft = Draft(session.Id, source, options, started);
                BackupResult result = await StoreAsync(session, target, draft, root, source.Paths, options, fenced, progress, cancellationToken).ConfigureAwait(false);
                if (options.IsDryRun || (options.SkipIfUnchanged && result.IsUnchanged))
                {
                    reason = "nothing was to be stored";
                    return result with { IsCommitted = false };
                }

                bool isCommitted = await session.TryCommitAsync(result.Snapshot, cancellationToken).ConfigureAwait(false);
                isOver = true;
                if (isCommitted)
                {
                    Remember(result.Snapshot.Id);
                    return result;
                }

                // What was stored may be gone by now, or not: the next attempt takes over what is still there.
                LogFenced(logger, session.Id, attempt);
                fenced = result;
            }
            finally
            {
                if (!isOver)
                {
                    await AbandonAsync(session, reason).ConfigureAwait(false);
                }
            }
        }

        throw new SessionFencedException($"{store.Location}: prunes ended this backup {MaxAttempts} times before it could commit; give prune a longer --session-timeout and run the backup again");
    }

    /// <summary>Makes everything durable that the snapshot needs.</summary>
    private async Task<BackupResult> StoreAsync(
        BackupSession session, IObjectStore target, Snapshot draft, ISourceDirectory root, IReadOnlyList<string> paths, BackupOptions options, BackupResult? fenced, IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        long startedAt = time.GetTimestamp();
        DateTimeOffset startedTime = time.GetUtcNow();
        CatalogueSynchronizer synchronizer = new(store, keys, catalogue, logger);
        ReusablePacks reusable = await session.FindReusableAsync(
            async () => (await synchronizer.SynchroniseAsync(cancellationToken).ConfigureAwait(false)).Packs, ledger.ReadDamaged(), cancellationToken).ConfigureAwait(false);
        long epoch = catalogue.Epoch;
        Snapshot? parent = await FindParentAsync(draft, options, cancellationToken).ConfigureAwait(false);
        if (options.Time is null && parent?.Time > draft.Time + ClockTolerance)
        {
            LogClockBehind(logger, parent.Id.ToShortString(), parent.Time);
        }

        using ThreadGroup threads = new(cancellationToken);
        BlobWriter writer = new(target, options.IsDryRun ? new RehearsalStore(metadata) : metadata, keys, catalogue, reusable, options.Compression ?? config.Compression, config.Chunks.MaxLength, concurrency, threads.Token)
        {
            IsRehearsal = options.IsDryRun,
        };
        await using (writer.ConfigureAwait(false))
        {
            writer.AdoptUnlisted();
            using WorkQueue queue = new(concurrency, config.Chunks.MaxLength, threads.Token);
            using NodeBacklog backlog = new(threads.Token);
            BackupContext context = new(keys, config.Chunks, writer, queue, backlog, time, threads.Token) { EntryDone = options.EntryDone };
            using (ITimer? reporting = StartReporting(context, parent, progress))
            {
                Snapshot? takenOver = fenced?.Snapshot ?? (options.ReadAll ? null : parent);
                bool isComplete = takenOver is not null && reusable.IsUnrestricted && catalogue.IsComplete(takenOver.Tree);
                (BlobId tree, TreeTotals totals) = await StoreTreeAsync(
                    context, root, takenOver, isComplete, trees => options.AllowEmptySource ? null : new EmptiedSource(paths, parent, trees, threads.Token).Require, threads).ConfigureAwait(false);
                await writer.CompleteAsync().ConfigureAwait(false);
                if (!options.IsDryRun)
                {
                    catalogue.MarkComplete([tree], epoch);
                }

                Snapshot snapshot = draft with
                {
                    Duration = time.GetElapsedTime(startedAt),
                    Tree = tree,
                    Parent = parent?.Id ?? default,
                    Statistics = context.Counters.ToStatistics(writer, totals),
                };
                progress?.Report(context.Counters.ToProgress(writer, parent?.Statistics ?? new BackupStatistics()));
                TimeSpan jump = time.GetUtcNow() - startedTime - snapshot.Duration;
                if (jump.Duration() > ClockTolerance)
                {
                    LogClockJumped(logger, jump);
                }

                // What an attempt stored that a prune ended is not new to the next one.
                bool isCompressed = (options.Compression ?? config.Compression).Codec != BlobCodec.None;
                return new BackupResult(snapshot, [.. context.Problems])
                {
                    IsUnchanged = tree == parent?.Tree,
                    Alert = fenced?.Alert ?? BackupAlert.Judge(snapshot.Statistics, parent, isCompressed, writer.DataPlainBytes, writer.DataRecordBytes),
                };
            }
        }
    }

    private async Task AbandonAsync(BackupSession session, string reason)
    {
        try
        {
            await session.AbandonAsync(UnixTime.FromDateTimeOffset(time.GetUtcNow()), reason, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            // The failure that brought us here is told; a prune finds out about the session in its own way.
            LogNotAbandoned(logger, exception.Message);
        }
    }

    /// <summary>Remembers a snapshot that is committed. Should that fail, it is remembered when it is next seen.</summary>
    private void Remember(SnapshotId snapshot)
    {
        try
        {
            seen.Record([snapshot], []);
        }
        catch (CatalogueException exception)
        {
            LogNotRemembered(logger, exception.Message);
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
            Program = EngineVersion.Program,
        };
        _ = SnapshotFormat.Seal(draft, keys);
        return draft;
    }

    private async ValueTask<Snapshot?> FindParentAsync(Snapshot draft, BackupOptions options, CancellationToken cancellationToken)
    {
        SnapshotReader snapshots = new(store, keys, metadata, seen);
        if (options.Parent is { } id)
        {
            return await snapshots.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }

        Snapshot? newest = null;
        await foreach ((Snapshot? snapshot, _) in snapshots.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            bool fits = snapshot is not null && snapshot.Host == draft.Host && snapshot.Paths.SequenceEqual(draft.Paths);
            newest = fits && !(snapshot!.Time <= newest?.Time) ? snapshot : newest;
        }

        foreach (SnapshotId missing in snapshots.Missing)
        {
            LogMissing(logger, snapshots.DescribeMissing(missing));
        }

        return newest;
    }

    private async Task<(BlobId Tree, TreeTotals Totals)> StoreTreeAsync(
        BackupContext context, ISourceDirectory root, Snapshot? parent, bool isParentComplete, Func<TreeReader, Action<string>?> foundEmpty, ThreadGroup threads)
    {
        for (int i = 0; i < concurrency; i++)
        {
            threads.Start(() => ReadFiles(context));
        }

        DirectoryBuilder? top = null;
        using SourceScan scan = new(root, context);
        threads.Start(scan.Run);
        threads.Start(() => top = Walk(context, root, scan, parent, isParentComplete, foundEmpty));
        await threads.CompleteAsync().ConfigureAwait(false);
        return top!.Result ?? throw new InvalidOperationException("The walk is over and the root is not done.");
    }

    private DirectoryBuilder Walk(BackupContext context, ISourceDirectory root, SourceScan scan, Snapshot? parent, bool isParentComplete, Func<TreeReader, Action<string>?> foundEmpty)
    {
        using BlobReader blobs = new(store, keys, catalogue, metadata);
        TreeReader trees = new(blobs);
        DirectoryBuilder top = new TreeWalker(context, trees, isParentComplete, logger) { FoundEmpty = foundEmpty(trees) }.Walk(root, scan, parent?.Tree ?? default);
        context.Queue.Close();
        return top;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a prune ended session {Session} (attempt {Attempt}): the backup is done again, and takes over what is still stored")]
    private static partial void LogFenced(ILogger logger, SnapshotId session, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the session could not be ended: {Reason}")]
    private static partial void LogNotAbandoned(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Missing}; run 'check'")]
    private static partial void LogMissing(ILogger logger, string missing);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the snapshot is stored; that this machine saw it could not be noted: {Reason}")]
    private static partial void LogNotRemembered(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "snapshot {Parent} is of {Time}, which is still to come: the clock is behind now, or was ahead then; see that it is right, since retention goes by it")]
    private static partial void LogClockBehind(ILogger logger, string parent, DateTimeOffset time);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the clock moved by {Jump} beside the time that passed: it was set, or the machine slept")]
    private static partial void LogClockJumped(ILogger logger, TimeSpan jump);

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
