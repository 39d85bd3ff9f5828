using Dedup.Content;
using Dedup.Snapshots;

namespace Dedup.Backup;

/// <summary>What all threads of a backup count together.</summary>
internal sealed class BackupCounters
{
    private long _filesNew, _filesChanged, _filesUnmodified, _directoriesNew, _directoriesChanged, _directoriesUnmodified;
    private long _bytes, _bytesRead, _errors;
    private volatile FileJob? _current;

    public void AddFile(bool isNew, bool isUnmodified, long length)
    {
        Interlocked.Increment(ref isUnmodified ? ref _filesUnmodified : ref isNew ? ref _filesNew : ref _filesChanged);
        Amount.Add(ref _bytes, length);
    }

    public void AddDirectory(bool isNew, bool isUnmodified) =>
        Interlocked.Increment(ref isUnmodified ? ref _directoriesUnmodified : ref isNew ? ref _directoriesNew : ref _directoriesChanged);

    public void AddRead(long bytes) => Interlocked.Add(ref _bytesRead, bytes);

    /// <summary>Notes which file is being read. Its path is put together only when somebody looks.</summary>
    public void Begin(FileJob job) => _current = job;

    public void AddError() => Interlocked.Increment(ref _errors);

    public BackupProgress ToProgress(BlobWriter writer, BackupStatistics expected) => new(
        Read(ref _filesNew) + Read(ref _filesChanged) + Read(ref _filesUnmodified),
        Read(ref _directoriesNew) + Read(ref _directoriesChanged) + Read(ref _directoriesUnmodified),
        Read(ref _bytes),
        Read(ref _bytesRead),
        writer.StoredBytes,
        Read(ref _errors),
        expected.TotalFiles,
        expected.TotalBytes,
        _current is { } job ? job.Directory.PathOf(job.Name) : null);

    public BackupStatistics ToStatistics(BlobWriter writer, Trees.TreeTotals totals) => new()
    {
        FilesNew = Read(ref _filesNew),
        FilesChanged = Read(ref _filesChanged),
        FilesUnmodified = Read(ref _filesUnmodified),
        DirectoriesNew = Read(ref _directoriesNew),
        DirectoriesChanged = Read(ref _directoriesChanged),
        DirectoriesUnmodified = Read(ref _directoriesUnmodified),
        DataBlobs = writer.DataBlobs,
        TreeBlobs = writer.TreeBlobs,
        DataAdded = writer.PlainBytes,
        DataAddedPacked = writer.StoredBytes,
        BytesRead = Read(ref _bytesRead),
        Errors = Read(ref _errors),
        TotalFiles = totals.Files,
        TotalBytes = totals.Bytes,
    };

    private static long Read(ref long value) => Interlocked.Read(ref value);
}
