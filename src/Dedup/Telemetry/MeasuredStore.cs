using System.Runtime.CompilerServices;
using Dedup.Storage;

namespace Dedup.Telemetry;

/// <summary>Tells of every request to a store while anybody listens; otherwise it hands them on as they are. The inner store stays the caller's.</summary>
internal sealed class MeasuredStore(IObjectStore inner, RepositoryTelemetry telemetry, TimeProvider time) : IObjectStore
{
    public string Location => inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Begins(out long began)
        ? MeasureAsync(StoreRequestKind.Put, began, inner.PutIfAbsentAsync(name, content, cancellationToken), content.Length)
        : inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken) => Begins(out long began)
        ? MeasureAsync(StoreRequestKind.Put, began, inner.PutIfAbsentAsync(name, pieces, cancellationToken), pieces.Sum(static piece => (long)piece.Length))
        : inner.PutIfAbsentAsync(name, pieces, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => telemetry.MeasuresStore
        ? BeginMeasuredUploadAsync(cancellationToken)
        : inner.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) => Begins(out long began)
        ? MeasureReadAsync(began, inner.ReadAsync(name, offset, destination, cancellationToken))
        : inner.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ObjectInfo> objects = inner.ListAsync(folder, cancellationToken);
        return telemetry.MeasuresStore ? MeasureAsync(objects, cancellationToken) : objects;
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => Begins(out long began)
        ? MeasureAsync(StoreRequestKind.Info, began, inner.InfoAsync(name, cancellationToken))
        : inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => Begins(out long began)
        ? MeasureAsync(StoreRequestKind.Delete, began, inner.DeleteAsync(name, cancellationToken))
        : inner.DeleteAsync(name, cancellationToken);

    public ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken) => Begins(out long began)
        ? MeasureAsync(StoreRequestKind.Lock, began, inner.LockAsync(name, cancellationToken))
        : inner.LockAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Waits for a request and tells of it.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="began">When it was, before the store was called.</param>
    /// <param name="request">The request.</param>
    /// <param name="sent">Bytes of content that go with it.</param>
    internal async ValueTask<T> MeasureAsync<T>(StoreRequestKind kind, long began, ValueTask<T> request, long sent = 0)
    {
        bool isDone = false;
        try
        {
            T reply = await request.ConfigureAwait(false);
            isDone = true;
            return reply;
        }
        finally
        {
            telemetry.TellRequest(kind, time.GetElapsedTime(began), isDone, isDone ? sent : 0);
        }
    }

    internal long Now() => time.GetTimestamp();

    private bool Begins(out long began)
    {
        bool isMeasured = telemetry.MeasuresStore;
        began = isMeasured ? Now() : 0;
        return isMeasured;
    }

    private async ValueTask<int> MeasureReadAsync(long began, ValueTask<int> request)
    {
        int read = 0;
        bool isDone = false;
        try
        {
            read = await request.ConfigureAwait(false);
            isDone = true;
            return read;
        }
        finally
        {
            telemetry.TellRequest(StoreRequestKind.Read, time.GetElapsedTime(began), isDone, read);
        }
    }

    private async ValueTask<IObjectUpload> BeginMeasuredUploadAsync(CancellationToken cancellationToken) =>
        new MeasuredUpload(this, await inner.BeginUploadAsync(cancellationToken).ConfigureAwait(false));

    private async IAsyncEnumerable<ObjectInfo> MeasureAsync(IAsyncEnumerable<ObjectInfo> objects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TimeSpan waited = TimeSpan.Zero;
        bool isDone = false;
        try
        {
            await using ConfiguredCancelableAsyncEnumerable<ObjectInfo>.Enumerator listing =
                objects.WithCancellation(cancellationToken).ConfigureAwait(false).GetAsyncEnumerator();
            while (true)
            {
                // What the caller does with an object is not the store's time.
                long began = Now();
                bool hasNext = await listing.MoveNextAsync();
                waited += time.GetElapsedTime(began);
                if (!hasNext)
                {
                    break;
                }

                yield return listing.Current;
            }

            isDone = true;
        }
        finally
        {
            telemetry.TellRequest(StoreRequestKind.List, waited, isDone, bytes: 0);
        }
    }
}
