using System.Collections.Concurrent;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>What all threads of one restore share.</summary>
internal sealed class RestoreContext(Func<BlobReader> openReader, RestoreOptions options, string targetPath, CancellationToken cancellationToken) : IDisposable
{
    private readonly ThreadLocal<BlobReader> _readers = new(openReader, trackAllValues: true);
    private readonly ConcurrentQueue<RestoreProblem> _problems = new();
    private readonly ConcurrentDictionary<string, bool> _notAsInSnapshot = new();
    private long _entries, _skipped, _deleted, _bytes, _skippedBytes, _written, _verified, _errors;

    public CancellationToken CancellationToken => cancellationToken;

    public RestoreOptions Options => options;

    /// <summary>The folder that is restored into, for people.</summary>
    public string TargetPath => targetPath;

    public TargetOwnership Ownership { get; } = new(options.OwnershipByName);

    /// <summary>What of the snapshot is restored.</summary>
    public RestoreSelection Selection { get; } = new(options.Includes, options.Excludes, options.Chosen);

    /// <summary>This thread's reader of single blobs.</summary>
    public BlobReader Blobs => _readers.Value!;

    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>What is to be restored, once that is known; with patterns it is counted along the way.</summary>
    public TreeTotals Totals { get; set; }

    /// <summary>Counts what is to be restored, where that was not known beforehand.</summary>
    public void NoteSelected(Node node)
    {
        if (!Selection.IsEverything)
        {
            Totals += node.Metadata.Type == NodeType.Directory ? new TreeTotals(0, 1, 0) : TreeTotals.Of(node);
        }
    }

    public RestoreProgress ToProgress() => new(
        Interlocked.Read(ref _entries), Interlocked.Read(ref _skipped), Interlocked.Read(ref _deleted),
        Interlocked.Read(ref _bytes), Interlocked.Read(ref _skippedBytes), Errors, Totals.Entries, Totals.Bytes);

    public RestoreResult ToResult() => new()
    {
        TotalEntries = Totals.Entries,
        TotalBytes = Totals.Bytes,
        Entries = _entries,
        EntriesSkipped = _skipped,
        EntriesDeleted = _deleted,
        Bytes = _bytes,
        BytesSkipped = _skippedBytes,
        BytesWritten = _written,
        FilesVerified = _verified,
        Problems = [.. _problems],
    };

    /// <summary>Counts an entry that is done, and tells whoever wants to know.</summary>
    public void AddDone(RestoreActionKind kind, RestoreDirectory directory, Node node)
    {
        bool isNoted = kind == RestoreActionKind.Left && options.Verify;
        if (isNoted || options.Actions is not null)
        {
            string path = directory.PathOf(node.Name);
            options.Actions?.Report(new RestoreAction(kind, path, node.Metadata.Size));
            if (isNoted)
            {
                _notAsInSnapshot.TryAdd(path, true);
            }
        }

        Count(kind);
    }

    /// <inheritdoc cref="AddDone(RestoreActionKind, RestoreDirectory, Node)"/>
    public void AddDone(RestoreAction action)
    {
        options.Actions?.Report(action);
        Count(action.Kind);
    }

    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void AddSkippedBytes(long bytes) => Interlocked.Add(ref _skippedBytes, bytes);

    public void AddWritten(long bytes) => Interlocked.Add(ref _written, bytes);

    public void AddVerified() => Interlocked.Increment(ref _verified);

    public void AddProblem(RestoreProblem problem)
    {
        _problems.Enqueue(problem);
        if (problem.Severity == ProblemSeverity.Error)
        {
            Interlocked.Increment(ref _errors);
        }
    }

    /// <summary>Notes that an entry is not as in the snapshot: it is neither linked to nor verified.</summary>
    public void AddFailure(RestoreProblem problem)
    {
        AddProblem(problem);
        _notAsInSnapshot.TryAdd(problem.Path, true);
    }

    /// <summary>Whether an entry could not be restored, or where things are verified was left as it was.</summary>
    public bool IsNotAsInSnapshot(string path) => _notAsInSnapshot.ContainsKey(path);

    public void AddProblems(IReadOnlyList<RestoreProblem> problems)
    {
        foreach (RestoreProblem problem in problems)
        {
            AddProblem(problem);
        }
    }

    /// <summary>The extended attributes of a node, large ones from their blobs.</summary>
    public IReadOnlyList<ExtendedAttribute> ReadXattrs(Node node)
    {
        if (node.Xattrs.Count == 0)
        {
            return [];
        }

        List<ExtendedAttribute> xattrs = [];
        foreach (NodeXattr xattr in node.Xattrs)
        {
            try
            {
                xattrs.Add(new ExtendedAttribute(xattr.Name, xattr.Value ?? Blobs.Read(xattr.Blob, BlobKind.Data, cancellationToken)));
            }
            catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
            {
                AddProblem(new RestoreProblem(
                    node.Name.ToString(), $"attribute '{EntryName.Display(xattr.Name)}' cannot be read: {exception.Message}", ProblemSeverity.Error));
            }
        }

        return xattrs;
    }

    private void Count(RestoreActionKind kind)
    {
        switch (kind)
        {
            case RestoreActionKind.Deleted:
                Interlocked.Increment(ref _deleted);
                break;
            case RestoreActionKind.Unchanged or RestoreActionKind.Left:
                Interlocked.Increment(ref _skipped);
                break;
            default:
                Interlocked.Increment(ref _entries);
                break;
        }
    }

    public void Dispose()
    {
        foreach (BlobReader reader in _readers.Values)
        {
            reader.Dispose();
        }

        _readers.Dispose();
    }
}
