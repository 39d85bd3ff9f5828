using System.Collections.Concurrent;
using Dedup.Chunking;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>What all threads of one backup share.</summary>
internal sealed class BackupContext(
    RepositoryKeys keys, ChunkerParameters chunks, BlobWriter writer, WorkQueue queue, NodeBacklog backlog, TimeProvider time, CancellationToken cancellationToken)
{
    /// <summary>
    /// The coarsest step in which file systems note times: a change within it after an entry was looked at might leave no trace.
    /// Linux notes times at timer ticks, 10 ms at most.
    /// </summary>
    private const long TimeStepNs = 20_000_000;

    /// <summary>
    /// The same of file systems whose times are whole seconds: HFS+, ext3 and many network ones, and vfat, where every other second counts.
    /// They are known by the time itself, since a time of nanoseconds falls on a whole second once in a thousand million.
    /// </summary>
    private const long CoarseTimeStepNs = 2_000_000_000;

    private const long SecondNs = 1_000_000_000;

    public RepositoryKeys Keys => keys;

    public ChunkerParameters Chunks => chunks;

    public BlobWriter Writer => writer;

    public WorkQueue Queue => queue;

    public NodeBacklog Backlog => backlog;

    public BackupCounters Counters { get; } = new();

    public ConcurrentQueue<BackupProblem> Problems { get; } = new();

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Is told of each entry that is done.</summary>
    public Action<BackedUpEntry>? EntryDone { get; init; }

    /// <summary>The moment: nanoseconds since 1970-01-01 UTC.</summary>
    public long NowNs => UnixTime.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>What is to be said of an entry that was changed at one moment and looked at from another on.</summary>
    public static NodeRemarks RemarksOn(long changedNs, long lookedNs) =>
        Math.Abs(unchecked(lookedNs - changedNs)) < (changedNs % SecondNs == 0 ? CoarseTimeStepNs : TimeStepNs) ? NodeRemarks.RecentlyChanged : NodeRemarks.None;

    /// <summary>Notes that an entry that is no directory is done.</summary>
    public void AddFile(DirectoryBuilder directory, EntryName name, NodeType type, bool isNew, bool isUnmodified, long length)
    {
        Counters.AddFile(isNew, isUnmodified, length);
        EntryDone?.Invoke(new BackedUpEntry(directory.PathOf(name), type, ChangeOf(isNew, isUnmodified), length));
    }

    /// <summary>Notes that a directory is done.</summary>
    public void AddDirectory(DirectoryBuilder parent, EntryName name, bool isNew, bool isUnmodified)
    {
        Counters.AddDirectory(isNew, isUnmodified);
        EntryDone?.Invoke(new BackedUpEntry(parent.PathOf(name), NodeType.Directory, ChangeOf(isNew, isUnmodified), 0));
    }

    /// <summary>Stores the large extended attributes of an entry and keeps the rest for its node.</summary>
    public IReadOnlyList<NodeXattr> Store(IReadOnlyList<ExtendedAttribute> xattrs)
    {
        if (xattrs.Count == 0)
        {
            return [];
        }

        return [.. xattrs.Select(xattr => xattr.Value.Length <= Limits.MaxInlineXattrLength
            ? new NodeXattr(xattr.Name, xattr.Value.Length, xattr.Value, default)
            : new NodeXattr(xattr.Name, xattr.Value.Length, null, writer.Write(BlobKind.Data, xattr.Value)))];
    }

    /// <summary>Notes that something of the source could not be read. What vanished while the backup ran is not missed.</summary>
    public void Report(string path, SourceException exception)
    {
        Problems.Enqueue(new BackupProblem(path, exception.Reason, exception.HasVanished ? ProblemSeverity.Warning : ProblemSeverity.Error));
        if (!exception.HasVanished)
        {
            Counters.AddError();
        }
    }

    private static EntryChange ChangeOf(bool isNew, bool isUnmodified) =>
        isUnmodified ? EntryChange.Unchanged : isNew ? EntryChange.New : EntryChange.Modified;
}
