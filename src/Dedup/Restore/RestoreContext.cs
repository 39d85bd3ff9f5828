using System.Collections.Concurrent;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>What all threads of one restore share.</summary>
internal sealed class RestoreContext(Func<BlobReader> openReader, CancellationToken cancellationToken) : IDisposable
{
    private readonly ThreadLocal<BlobReader> _readers = new(openReader, trackAllValues: true);
    private readonly ConcurrentQueue<RestoreProblem> _problems = new();
    private long _entries, _bytes, _errors;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>This thread's reader of single blobs.</summary>
    public BlobReader Blobs => _readers.Value!;

    public IReadOnlyList<RestoreProblem> Problems => [.. _problems];

    public long Entries => Interlocked.Read(ref _entries);

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>What is to be restored, once that is known.</summary>
    public TreeTotals Totals { get; set; }

    public RestoreProgress ToProgress() => new(Entries, Bytes, Errors, Totals.Files + Totals.Directories, Totals.Bytes);

    public void AddDone() => Interlocked.Increment(ref _entries);

    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void AddProblem(RestoreProblem problem)
    {
        _problems.Enqueue(problem);
        if (problem.Severity == ProblemSeverity.Error)
        {
            Interlocked.Increment(ref _errors);
        }
    }

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

    public void Dispose()
    {
        foreach (BlobReader reader in _readers.Values)
        {
            reader.Dispose();
        }

        _readers.Dispose();
    }
}
