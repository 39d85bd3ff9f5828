using System.Collections.Concurrent;
using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>What all parts of one replication share: the two stores, what was done so far, and what is wrong.</summary>
internal sealed class ReplicationContext(
    IObjectStore source, IObjectStore target, ReplicationOptions options, IProgress<ReplicationProgress>? progress, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<(ReplicationProblemKind, string), ReplicationProblem> _problems = [];
    private long _objectsDone, _objectsTotal, _bytesDone, _bytesTotal;
    private long _objectsCopied, _bytesCopied, _objectsVerified;

    public IObjectStore Source => source;

    public IObjectStore Target => target;

    public ReplicationOptions Options => options;

    public CancellationToken CancellationToken => cancellationToken;

    public long ObjectsCopied => Interlocked.Read(ref _objectsCopied);

    public long BytesCopied => Interlocked.Read(ref _bytesCopied);

    public long ObjectsVerified => Interlocked.Read(ref _objectsVerified);

    /// <summary>What is wrong, each thing once.</summary>
    public IReadOnlyList<ReplicationProblem> Problems =>
        [.. _problems.Values.OrderBy(problem => problem.Kind).ThenBy(problem => problem.ObjectName, StringComparer.Ordinal)];

    public void Add(ReplicationProblemKind kind, string objectName, string message) =>
        _problems.TryAdd((kind, objectName), new ReplicationProblem(kind, objectName, message));

    /// <summary>Whether anything is wrong so far.</summary>
    public bool HasProblems => !_problems.IsEmpty;

    public void Expect(IEnumerable<ObjectInfo> objects)
    {
        foreach (ObjectInfo info in objects)
        {
            _objectsTotal++;
            _bytesTotal = Amount.Add(_bytesTotal, info.Length);
        }

        Report();
    }

    public void NoteDone(long bytes)
    {
        Interlocked.Increment(ref _objectsDone);
        Amount.Add(ref _bytesDone, bytes);
        Report();
    }

    public void NoteCopied(long bytes)
    {
        Interlocked.Increment(ref _objectsCopied);
        Amount.Add(ref _bytesCopied, bytes);
    }

    public void NoteVerified() => Interlocked.Increment(ref _objectsVerified);

    /// <summary>Does something for each object, several at once; with a concurrency of 1, in order.</summary>
    public async Task ForEachAsync(IReadOnlyCollection<ObjectInfo> objects, Func<ObjectInfo, CancellationToken, Task> action)
    {
        Expect(objects);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Math.Max(1, options.Concurrency), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            objects,
            parallel,
            async (info, stop) =>
            {
                await action(info, stop).ConfigureAwait(false);
                NoteDone(info.Length);
            }).ConfigureAwait(false);
    }

    private void Report() => progress?.Report(new ReplicationProgress(
        Interlocked.Read(ref _objectsDone), Interlocked.Read(ref _objectsTotal), Interlocked.Read(ref _bytesDone), Interlocked.Read(ref _bytesTotal)));
}
