using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Dedup.Storage;

/// <summary>Counts what is asked of a store, and the bytes of objects that go each way. Failed requests count as others do.</summary>
/// <remarks>An upload is one request, with all its bytes, when it is published; one that is not published counts nothing.</remarks>
public sealed class CountingStore : IObjectStore
{
    private readonly IObjectStore _inner;
    private readonly ConcurrentDictionary<(StoreRequestKind Kind, string Folder), Counter> _counters = new();

    /// <summary>Wraps a store, which then belongs to this one.</summary>
    public CountingStore(IObjectStore inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    /// <summary>How many objects one request of a listing tells of, as S3 does.</summary>
    public static int ObjectsPerListing => 1000;

    /// <inheritdoc/>
    public string Location => _inner.Location;

    /// <summary>What was asked until now.</summary>
    public StoreTraffic Traffic => new(
    [
        .. _counters
            .Select(pair => new StoreRequests(pair.Key.Kind, pair.Key.Folder, pair.Value.Count, pair.Value.Bytes))
            .OrderBy(requests => requests.Folder, StringComparer.Ordinal)
            .ThenBy(requests => requests.Kind),
    ]);

    /// <inheritdoc/>
    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Note(StoreRequestKind.Put, name.Folder, content.Length);
        return _inner.PutIfAbsentAsync(name, content, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Note(StoreRequestKind.Put, name.Folder, pieces.Sum(static piece => (long)piece.Length));
        return _inner.PutIfAbsentAsync(name, pieces, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) =>
        new CountingUpload(this, await _inner.BeginUploadAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        Note(StoreRequestKind.Read, name.Folder, bytes: 0);
        int read = await _inner.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
        CounterOf(StoreRequestKind.Read, name.Folder).AddBytes(read);
        return read;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) =>
        EnumerateAsync(_inner.ListAsync(folder, cancellationToken), folder, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        Note(StoreRequestKind.Info, name.Folder, bytes: 0);
        return _inner.InfoAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        Note(StoreRequestKind.Delete, name.Folder, bytes: 0);
        return _inner.DeleteAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken)
    {
        Note(StoreRequestKind.Lock, name.Folder, bytes: 0);
        return _inner.LockAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    internal void Note(StoreRequestKind kind, string folder, long bytes)
    {
        Counter counter = CounterOf(kind, folder);
        counter.AddRequest();
        counter.AddBytes(bytes);
    }

    private Counter CounterOf(StoreRequestKind kind, string folder) => _counters.GetOrAdd((kind, folder), static _ => new Counter());

    private async IAsyncEnumerable<ObjectInfo> EnumerateAsync(
        IAsyncEnumerable<ObjectInfo> objects, string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Note(StoreRequestKind.List, folder, bytes: 0);
        int listed = 0;
        await foreach (ObjectInfo info in objects.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (listed == ObjectsPerListing)
            {
                Note(StoreRequestKind.List, folder, bytes: 0);
                listed = 0;
            }

            listed++;
            yield return info;
        }
    }

    private sealed class Counter
    {
        private long _count, _bytes;

        public long Count => Interlocked.Read(ref _count);

        public long Bytes => Interlocked.Read(ref _bytes);

        public void AddRequest() => Interlocked.Increment(ref _count);

        public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);
    }
}
